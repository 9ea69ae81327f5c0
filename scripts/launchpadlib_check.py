#!/usr/bin/env python3
"""Does with launchpadlib, Canonical's own client, what people do with Launchpad, against the address given.

Prints one line of JSON a step, so that a test can compare them. Debian: apt-get install -y python3-launchpadlib
"""
import json
import os
import sys
import tempfile
import urllib.parse
import urllib.request

from launchpadlib.credentials import Credentials
from launchpadlib.launchpad import Launchpad
from lazr.restfulclient.errors import HTTPError


def tell(step, **facts):
    print(json.dumps({"step": step, **facts}, sort_keys=True))


def log_in(root, person, version="1.0"):
    """The OAuth dance, with the browser's part done by a form post. launchpadlib's own API description is that of 1.0."""
    credentials = Credentials("launchpadlib-check")
    page = credentials.get_request_token(web_root=root)
    try:
        credentials.exchange_request_token_for_access_token(web_root=root)
    except HTTPError as error:
        tell("not yet", status=error.response.status, text=error.content.decode())
    form = urllib.parse.urlencode({"grant": person + " WRITE_PUBLIC"}).encode()
    urllib.request.urlopen(page, form).read()
    credentials.exchange_request_token_for_access_token(web_root=root)
    return Launchpad(credentials, None, None, service_root=root, cache=tempfile.mkdtemp(), version=version)


def refusal(action):
    try:
        action()
    except HTTPError as error:
        return {"status": error.response.status, "text": error.content.decode()}
    return None


def main(root):
    bot = log_in(root, "ptg-bot")
    alice = log_in(root, "alice")
    tell("me", name=bot.me.name, display=bot.me.display_name, team=[team.name for team in alice.me.super_teams])

    project = bot.projects["neutron"]
    bug = bot.bugs.createBug(
        target=project, title='"Quoted" [1] title', description="First line\nsecond line  \n", tags=["rfe", "ovn"]
    )
    tell("created", title=bug.title, description=bug.description, tags=bug.tags, private=bug.private, id=bug.id > 0)

    task = bug.bug_tasks[0]
    tell("task", status=task.status, importance=task.importance, target=task.target.name, complete=task.is_complete)
    task.status = "Confirmed"
    task.lp_save()
    tell("confirmed", status=bot.bugs[bug.id].bug_tasks[0].status)

    task.importance = "Wishlist"
    tell("not allowed", refused=refusal(task.lp_save))
    triaged = alice.bugs[bug.id].bug_tasks[0]
    triaged.importance = "Wishlist"
    triaged.status = "Triaged"
    triaged.assignee = alice.people["bob"]
    triaged.milestone = alice.projects["neutron"].getMilestone(name="victoria-2")
    triaged.lp_save()
    triaged = bot.bugs[bug.id].bug_tasks[0]
    tell("triaged", status=triaged.status, importance=triaged.importance, assignee=triaged.assignee.name,
         milestone=triaged.milestone.name)

    stale = bot.bugs[bug.id]
    stale.tags
    fresh = alice.bugs[bug.id]
    fresh.tags = ["rfe-confirmed", "ovn"]
    fresh.lp_save()
    stale.tags = ["rfe", "mine"]
    tell("lost update", refused=refusal(stale.lp_save) is not None, tags=bot.bugs[bug.id].tags)

    bot.bugs[bug.id].newMessage(content="A comment", subject="On it")
    tell("messages", texts=[message.content for message in bot.bugs[bug.id].messages])

    done = bot.bugs.createBug(target=project, title="Closed", description="text").bug_tasks[0]
    done.status = "Invalid"
    done.lp_save()
    double = bot.bugs.createBug(target=project, title="Double", description="text")
    double.duplicate_of = bug
    double.lp_save()

    def titles(**search):
        return sorted(found.bug.title for found in project.searchTasks(**search))

    tell("search", usual=titles(), closed=titles(status=["Invalid"]), doubles=titles(omit_duplicates=False),
         any=titles(tags=["ovn", "none"]), all=titles(tags=["ovn", "none"], tags_combinator="All"),
         mine=titles(bug_reporter=bot.me), alices=titles(bug_reporter=alice.me), text=titles(search_text="quoted"))

    for number in range(80):
        bot.bugs.createBug(target=project, title="Many %02d" % number, description="text")
    many = project.searchTasks(order_by=["id"])
    tell("paging", length=len(many), listed=len(list(many)), tail=many[79:81][0].bug.title)
    newest = log_in(root, "ptg-bot", "devel").projects["neutron"]
    tell("devel", listed=sum(1 for _ in newest.searchTasks(order_by=["id"])),
         first=newest.searchTasks(order_by=["id"])[0].bug.id == bug.id)

    tell("refusals",
         tag=refusal(lambda: bot.bugs.createBug(target=project, title="x", description="x", tags=["No good"])),
         title=refusal(lambda: bot.bugs.createBug(target=project, title="x" * 201, description="x")),
         series=refusal(lambda: bot.bugs.createBug(target=bot.load("neutron/ussuri"), title="x", description="x")))
    tell("people", known=bot.people["bob"].display_name, unknown="nobody-there" in [p.name for p in bot.people.find(text="nobody")],
         mail=bot.people.getByEmail(email="bob@example.org").name)
    anonymous = Launchpad.login_anonymously("check", root, tempfile.mkdtemp(), version="1.0")
    tell("anonymous", title=anonymous.bugs[bug.id].title,
         refused=refusal(lambda: anonymous.bugs.createBug(target=anonymous.projects["neutron"], title="x", description="x"))["status"])


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: launchpadlib_check.py http://127.0.0.1:PORT/")
    os.environ.setdefault("HOME", tempfile.gettempdir())
    main(sys.argv[1])

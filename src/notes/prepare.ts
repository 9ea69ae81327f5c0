import type { DialectName } from './dialects.ts';
import { indentOf, isBlank, type Line } from './lines.ts';

const ADMONITION =
  /^\s{0,12}\.\. (?:note|warning|important|tip|hint|attention|caution|danger|error|admonition|topic|sidebar)::/;
const NOT_SHOWN: Readonly<Record<DialectName, RegExp | null>> = {
  text: null,
  rst: null,
  markdown:
    /^\s{0,3}(?:\{:.{0,200}\}|\{%.{0,300}%\}|:::.{0,80}|(?:!!!|\?\?\?)\+? .{0,200}|\[TOC\]|\{\{.{0,200}\}\})\s*$/,
  org: /^\s{0,12}(?:#\+(?!begin_|end_)|# |CLOCK:)/i,
  wiki: /^(?:\{\{.{0,500}\}\}|__[A-Z]{3,12}__|\[\[(?:Category|File|Image):.{0,200}\]\]|<!--.{0,500}-->|\{\|.*|\|\})\s*$/,
  asciidoc:
    /^(?::[\w!-]{1,60}:.*|\[\[.{0,100}\]\]|\[[^\]]{0,200}\]|\/\/.*|={4,}|\*{4,}|_{4,}|--|\+|\|===|(?:include|image|video|toc)::.*)\s*$/,
};

/** Blanks the lines of a notation that are not shown: directives, attributes, drawers, comments. */
export function withoutHidden(dialect: DialectName, lines: readonly Line[]): Line[] {
  if (dialect === 'rst') return withoutDirectives(lines);
  const pattern = NOT_SHOWN[dialect];
  if (!pattern) return lines.map((line) => (HEAD_ROW.test(line.text) ? headRow(line) : line));
  let drawer = false;
  let table = false;
  return lines.map((line) => {
    if (dialect === 'asciidoc' && /^\|===/.test(line.text)) table = !table;
    // A blank inside a table of AsciiDoc ends a row at most.
    else if (table && line.text.trim() === '') return { ...blank(line), text: '|--|' };
    if (dialect === 'org' && /^\s{0,12}:(?:PROPERTIES|LOGBOOK):\s*$/.test(line.text)) drawer = true;
    const hidden = drawer || pattern.test(line.text);
    if (drawer && /^\s{0,12}:END:\s*$/.test(line.text)) drawer = false;
    if (hidden) return blank(line);
    if (HEAD_ROW.test(line.text)) return headRow(line);
    return dialect === 'wiki' && /^[!|]/.test(line.text) ? pipeRow(line) : line;
  });
}

const HEAD_ROW = /^\s{0,3}\|\|.{1,2000}\|\|\s*$/;

/** The heads of a Confluence table ("|| Who || What ||") as other notations write them. */
function headRow(line: Line): Line {
  return { ...line, text: line.text.replaceAll('||', ' |'), cuts: [] };
}

/** A row of a MediaWiki table as other notations write it. */
function pipeRow(line: Line): Line {
  if (/^\|-/.test(line.text)) return { ...line, text: '|--|' };
  const cells = line.text.replace(/^[!|]\s{0,20}/, '').split(/\s{0,20}(?:\|\||!!)\s{0,20}/);
  return { ...line, text: `| ${cells.join(' | ')} |` };
}

function blank(line: Line): Line {
  return { ...line, text: '', cuts: [] };
}

/** Directives and comments with what is indented below them, and literal texts after `::`. */
function withoutDirectives(lines: readonly Line[]): Line[] {
  let hiding: number | null = null;
  return lines.map((line) => {
    if (isBlank(line)) return line;
    const indent = indentOf(line.text);
    if (hiding !== null && indent > hiding) return blank(line);
    hiding = null;
    if (/^\s{0,40}(?:\.\.(?:\s|$)|:[\w-]{1,30}: ?)/.test(line.text)) {
      if (!ADMONITION.test(line.text) && line.text.trimStart().startsWith('..')) hiding = indent;
      return /^\s*:/.test(line.text) && !/^\s*:[\w-]{1,30}:(?:\s|$)/.test(line.text) ? line : blank(line);
    }
    if (/::\s*$/.test(line.text)) {
      hiding = indent;
      return { ...line, text: line.text.replace(/::\s*$/, ':') };
    }
    return line;
  });
}

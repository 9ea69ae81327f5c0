/** The look of the page, in light and in dark. */
export const STYLES = `
:root { color-scheme: light dark; --line: light-dark(#d0d7de, #3d444d); --dim: light-dark(#59636e, #9198a1);
  --good: light-dark(#1a7f37, #3fb950); --bad: light-dark(#b42318, #f47067); --mid: light-dark(#7d4e00, #d29922); }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 70rem; margin: 2rem auto; padding: 0 1rem; }
h1 { margin-bottom: 0; } .when { color: var(--dim); margin-top: 0; }
.warning { border-left: 4px solid var(--bad); padding: .25rem .75rem; }
.filters { border-block: 1px solid var(--line); padding: .5rem 0; }
fieldset { border: 0; padding: .1rem 0; margin: 0; } legend { float: left; width: 4rem; color: var(--dim); }
fieldset label { display: inline-block; margin-right: .75rem; overflow-wrap: anywhere; }
table { border-collapse: collapse; width: 100%; margin: 1rem 0; } table.owners { width: auto; }
caption { text-align: left; color: var(--dim); }
th, td { text-align: left; vertical-align: top; padding: .3rem .75rem .3rem 0; border-bottom: 1px solid var(--line); }
tbody th { font-weight: normal; } td { overflow-wrap: anywhere; } table.items td:nth-child(-n+2), td:last-child { white-space: nowrap; }
small { color: var(--bad); } .kind { font-size: .8em; border: 1px solid var(--line); border-radius: 3px; padding: 0 .3em; }
.s-done .state { color: var(--good); } .s-in-progress .state { color: var(--mid); }
.s-done td:nth-child(3), .s-dropped td { color: var(--dim); }
@media print { .filters { display: none; } }
`;

const STATES = ['open', 'in-progress', 'done', 'dropped', 'unknown'] as const;

/** The rules that make the boxes and buttons of the page filter its rows; owners are known by number only. */
export function filterStyles(owners: number): string {
  const hide = [
    ...STATES.map((state) => `body:has(#s-${state}:not(:checked)) tr.s-${state}`),
    'body:has(#look:checked) .items tbody tr:not(.look)',
    ...Array.from({ length: owners }, (_, index) => `body:has(#o-${index}:checked) .items tbody tr:not(.o-${index})`),
  ];
  return `${hide.join(',\n')} { display: none; }\n`;
}

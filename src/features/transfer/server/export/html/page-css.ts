/** How an exported page looks, on a screen by day and by night, and on paper. */
export const CSS = `
:root{color-scheme:light dark;--text:#26221e;--muted:#6b645c;--line:#ddd7ce;--soft:#f4f0ea;--link:#0b6b63;--page:#fff;
--word:#7d36a8;--string:#1d6b3c;--number:#9a4a1c;--name:#2b56a8;--type:#19666f;--gone:#b0302a}
@media screen and (prefers-color-scheme:dark){:root{--text:#ebe6df;--muted:#a79f95;--line:#3a352f;--soft:#26221e;--link:#63cabd;--page:#191613;
--word:#cfa3ee;--string:#8fd0a0;--number:#e5b083;--name:#9dbdf3;--type:#86cdd6;--gone:#f09a90}}
*{box-sizing:border-box}
body{max-width:46rem;margin:2.5rem auto;padding:0 1.25rem;font:16px/1.65 system-ui,sans-serif;color:var(--text);background:var(--page);overflow-wrap:anywhere}
h1{font-size:1.6rem;line-height:1.25;margin:0 0 .25rem}
h2{font-size:.95rem;margin:0 0 .5rem}
h3,h4,h5,h6{font-size:1rem;line-height:1.3;margin:1.4em 0 .5em}
.heading-1{font-size:1.3rem}.heading-2{font-size:1.15rem}
.note{color:var(--muted);font-size:.875rem;font-weight:400}
section{border-top:1px solid var(--line);padding:1.25rem 0}
p,ul,ol,blockquote,pre,.text,.table,.formula{margin:0 0 .75rem}
.text,pre{white-space:pre-wrap}
pre,details{background:var(--soft);border-radius:.5rem;padding:.75rem 1rem;font-size:.9rem}
pre,code{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
pre{font-size:.85rem;line-height:1.55;tab-size:4}
:not(pre)>code{font-size:.875em;background:var(--soft);border-radius:.25rem;padding:.1em .3em}
details{margin:0 0 .75rem}summary{cursor:pointer;color:var(--muted)}
summary+*{margin-top:.5rem}details pre{padding:0}details>:last-child{margin-bottom:0}
a{color:var(--link);text-underline-offset:.15em}
ul,ol{padding-inline-start:1.6em}
li{margin:.2em 0}li>:is(p,ul,ol){margin-bottom:.35em}
.task{list-style:none}.task input{margin-inline:-1.5em .5em}
blockquote{margin-inline:0;border-inline-start:3px solid var(--line);padding-inline-start:1em;color:var(--muted)}
blockquote>:last-child{margin-bottom:0}
hr{border:0;border-top:1px solid var(--line);margin:1.5rem 0}
.table{overflow-x:auto}
table{border-collapse:collapse;font-size:.925rem;line-height:1.5}
th,td{border:1px solid var(--line);padding:.35em .75em;text-align:start;vertical-align:top;overflow-wrap:normal}
th{background:var(--soft)}
.left{text-align:left}.center{text-align:center}.right{text-align:right}
.formula{overflow-x:auto}.letter{text-transform:none;font-style:italic}
.footnotes{border-top:1px solid var(--line);padding-top:.75rem;font-size:.875rem;color:var(--muted)}
.footnotes p{display:inline}
sup{line-height:0}sup a{text-decoration:none;padding:0 .15em}
.c-comment,.c-quote,.c-meta{color:var(--muted)}
.c-keyword,.c-literal,.c-selector-tag,.c-doctag{color:var(--word)}
.c-string,.c-regexp,.c-addition,.c-link{color:var(--string)}
.c-number,.c-symbol,.c-bullet,.c-variable,.c-template-variable{color:var(--number)}
.c-title,.c-name,.c-section,.c-selector-id,.c-selector-class{color:var(--name)}
.c-type,.c-built_in,.c-attr,.c-attribute,.c-property{color:var(--type)}
.c-deletion{color:var(--gone)}
@media (max-width:30rem){body{margin:1.25rem auto;padding:0 1rem}}
@media print{
@page{margin:2cm}:root{color-scheme:light}
body{max-width:none;margin:0;padding:0;font-size:10.5pt}
h1,h2,h3,h4,h5,h6{break-after:avoid}
tr,li,.formula{break-inside:avoid}p,pre,blockquote{orphans:3;widows:3}
pre,details,th,:not(pre)>code{background:none}pre,details{border:1px solid var(--line)}details pre{border:0}
.table,.formula{overflow:visible}
a{color:inherit}
}
`;

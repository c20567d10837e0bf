// pages/fixtures: a sound little site, and each way to spoil it that must be seen.

const csp = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; base-uri 'none'";
const page = (body, { head = '', lang = ' lang="en"', policy = csp } = {}) => `<!DOCTYPE html>
<html${lang}><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policy}">
<title>One</title><link rel="stylesheet" href="assets/a.css"><script src="assets/a.js" defer></script>${head}</head>
<body><h1 id="top">One &amp; only</h1>${body}<p><a href="card.html">card</a> <a href="two.html#there">two</a></p></body></html>
`;

import { createHash } from 'node:crypto';

const hash = (style) => createHash('sha256').update(style).digest('base64');
const card = (body, { style = 'p { color: black }', policy = `default-src 'none'; style-src 'sha256-${hash(style)}'; base-uri 'none'; form-action 'none'` } = {}) => `<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policy}">
<title>Card</title><style>${style}</style></head><body><h1 id="top">Card</h1>${body}</body></html>
`;

export const sound = {
    'card.html': card('<p><a href="#top">x</a> <a href="tel:999">x</a> <a href="https://example.org/">x</a></p>'),
    'index.html': page('<p>Fine: <a href="https://example.org/">out</a>, <a href="index.html?q=1">here</a>.<br></p>'),
    'two.html': page('<h2 id="there">There</h2><svg viewBox="0 0 1 1"><path d="M0 0"/></svg>'),
    'assets/a.css': 'p { color: black }\n',
    'assets/a.js': '// nothing\n',
    'data/a.csv': 'a,b\r\n"1,""2",-3\r\n,4\r\n',
    'data/a.json': '{"a": 1}\n',
};

// What is put in its place, and what must be said about it.
export const spoilt = [
    [{ 'Two.html': page('') }, 'no name for every disk'],
    [{ 'nul.html': page('') }, 'no name for every disk'],
    [{ [`${'a'.repeat(100)}.html`]: page('') }, '100 at most'],
    [{ 'a.exe': 'x' }, 'do not belong'],
    [{ 'a.txt': '' }, 'an empty file'],
    [{ 'index.html': page('<p>open') }, 'closes <p>'],
    [{ 'index.html': page('<p>1 < 2</p>') }, "unescaped '<'"],
    [{ 'index.html': page('<p>a & b</p>') }, "unescaped '&'"],
    [{ 'index.html': page('<p id="top">x</p>') }, "the id 'top' twice"],
    [{ 'index.html': page('<p class="a" class="b">x</p>') }, "'class' twice"],
    [{ 'index.html': page('<p style="color: red">x</p>') }, "'style' is not allowed"],
    [{ 'index.html': page('<p onclick="f()">x</p>') }, "'onclick' is not allowed"],
    [{ 'index.html': page('<script>f()</script>') }, '<script> is not allowed'],
    [{ 'index.html': page('<script src="assets/a.js" type="module"></script>') }, '<script> is not allowed'],
    [{ 'index.html': page('<style>p {}</style>') }, '<style> is not allowed'],
    [{ 'index.html': page('<iframe src="two.html"></iframe>') }, '<iframe> is not allowed'],
    [{ 'index.html': page('<img src="assets/a.css">') }, 'without alternative text'],
    [{ 'index.html': page('<img src="https://example.org/a.png" alt="">') }, 'fetched from elsewhere'],
    [{ 'index.html': page('<a href="three.html">x</a>') }, 'leads to no file'],
    [{ 'index.html': page('<a href="data/">x</a>') }, 'leads to no file'],
    [{ 'index.html': page('<a href="two.html#gone">x</a>') }, 'anchor that is not there'],
    [{ 'index.html': page('<a href="/two.html">x</a>') }, 'is absolute'],
    [{ 'index.html': page('<a href="//example.org">x</a>') }, 'is absolute'],
    [{ 'index.html': page('<a href="javascript:f()">x</a>') }, 'is not allowed'],
    [{ 'index.html': page('<p aria-labelledby="gone">x</p>') }, 'which is not there'],
    [{ 'index.html': page('', { lang: '' }) }, 'has no lang'],
    [{ 'index.html': page('', { policy: "default-src 'self'" }) }, 'Content-Security-Policy'],
    [{ 'index.html': page('', { policy: `${csp}; script-src 'unsafe-inline'` }) }, 'Content-Security-Policy'],
    [{ 'index.html': page('', { head: '<title>Two</title>' }) }, 'one title'],
    [{ 'index.html': page('<h1>Two</h1>') }, 'one h1, this one 2'],
    [{ 'index.html': page('<h3>Three</h3>') }, '<h3> follows <h1>'],
    [{ 'index.html': page('<p>{{role.holder}}</p>') }, 'not meant for readers'],
    [{ 'card.html': card('', { policy: csp }) }, 'Content-Security-Policy'],
    [{ 'card.html': card('').replace('black', 'white') }, 'Content-Security-Policy'],
    [{ 'card.html': card('<a href="index.html">x</a>') }, "leads to 'index.html'"],
    [{ 'card.html': card('<img src="data:image/png;base64,AA==" alt="">') }, 'must stand alone'],
    [{ 'card.html': card('<script src="assets/a.js"></script>') }, '<script> is not allowed'],
    [{ 'card.html': card('<a href="https://a.example/">x</a><a href="https://b.example/">x</a>') }, 'leads to 2 addresses'],
    [{ 'card.html': card('', { style: 'p { background: url(data:x) }' }) }, 'fetches something'],
    [{ 'card.html': card('x'.repeat(301 * 1024)) }, 'size is'],
    [{ 'three.html': page('') }, 'no link leads here'],
    [{ 'two.html': page('<h2 id="there">x</h2><a href="crisis/index.html">x</a>'), 'crisis/index.html': page('') }, '2 clicks from'],
    [{ 'crisis/index.html': page('x'.repeat(31 * 1024)) }, 'size is'],
    [{ 'index.html': page('<b></b>'.repeat(1501)) }, 'elements of a page'],
    [{ 'data/a.csv': 'a,b\r\n1\r\n' }, '1 cells, 2 columns'],
    [{ 'data/a.csv': 'a,b\r\n=1+1,2\r\n' }, 'a spreadsheet would run'],
    [{ 'data/a.json': '{"a": }' }, 'JSON'],
    [{ 'assets/a.js': 'fetch("x")\n' }, 'fails from disk'],
    [{ 'assets/a.css': '@import "b.css";\n' }, 'fetches nothing'],
    [{ 'a.svg': '<svg><script>f()</script></svg>' }, '<script> is not allowed'],
    [{ 'a.svg': '<svg><g></svg>' }, 'closes <g>'],
];

// pages/markup: reads the HTML and SVG that our own writers make.
//
// Not a browser's parser: it takes only what is written out in full (every element closed,
// every attribute quoted), because that is what the writers promise, and reports the rest.

const voids = new Set(['area', 'base', 'br', 'col', 'embed', 'hr', 'img', 'input', 'link', 'meta',
    'source', 'track', 'wbr']);
const entities = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00a0' };

export function unescape(text) {
    return text.replace(/&(?:#x([0-9a-f]+)|#([0-9]+)|([a-z]+));/gi, (all, hex, decimal, name) => {
        if (name)
            return entities[name] ?? all;
        return String.fromCodePoint(hex ? parseInt(hex, 16) : Number(decimal));
    });
}

const tag = /<!--[\s\S]*?-->|<!doctype [^>]*>|<\?xml [^>]*\?>|<(\/?)([a-zA-Z][\w:-]*)((?:\s+[\w:-]+(?:="[^"]*")?)*)\s*(\/?)>|<|&(?!(?:#\d+|#x[0-9a-f]+|[a-z]+[0-9]*);)/gi;
const attribute = /([\w:-]+)(?:="([^"]*)")?/g;

// Elements in order, each { name, attributes, parent, text, at }; problems as { at, message }.
export function read(source, isHtml) {
    const elements = [];
    const problems = [];
    const open = [];
    let last = 0;
    const say = (at, message) => problems.push({ at, message });
    const textUpTo = (at) => {
        if (open.length)
            open.at(-1).text += source.slice(last, at);
        else if (source.slice(last, at).trim())
            say(last, 'text outside of the document');
    };
    for (const found of source.matchAll(tag)) {
        const [all, closing, rawName, rawAttributes, selfClosing] = found;
        if (!rawName) {
            if (all === '<' || all === '&')
                say(found.index, `an unescaped '${all}'`);
            if (all.length > 1) {
                textUpTo(found.index);
                last = found.index + all.length;
            }
            continue;
        }
        textUpTo(found.index);
        last = found.index + all.length;
        const name = isHtml ? rawName.toLowerCase() : rawName;
        if (closing) {
            const element = open.pop();
            if (element?.name !== name)
                say(found.index, `</${name}> closes ${element ? `<${element.name}>` : 'nothing'}`);
            continue;
        }
        const attributes = new Map();
        for (const [, key, value] of rawAttributes.matchAll(attribute)) {
            if (attributes.has(key))
                say(found.index, `the attribute '${key}' twice`);
            attributes.set(key, unescape(value ?? ''));
        }
        const element = { name, attributes, parent: open.at(-1), text: '', at: found.index };
        elements.push(element);
        const inSvg = !isHtml || open.some((e) => e.name === 'svg');
        if (!(isHtml && voids.has(name)) && !(selfClosing && inSvg))
            open.push(element);
    }
    textUpTo(source.length);
    for (const element of open)
        say(element.at, `<${element.name}> is never closed`);
    return { elements, problems };
}

export const lineAt = (source, at) => source.slice(0, at).split('\n').length;

// All text below an element, for titles.
export function textBelow(elements, top) {
    const inside = (e) => e === top || (e.parent && inside(e.parent));
    return unescape(elements.filter(inside).map((e) => e.text).join(' ')).replace(/\s+/g, ' ').trim();
}

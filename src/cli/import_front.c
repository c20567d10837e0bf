/* cli/import_front: what stands before the text of a Markdown file, in YAML, TOML or JSON. */
#include "cli/import_int.h"

#include "text/json.h"
#include "text/md.h"
#include "text/yaml.h"

static void add_pair(struct front *f, struct arena *a, str key, str value, uint32_t line)
{
    PUSH(a, f->pairs, f->count, f->cap, struct front_pair) = (struct front_pair){key, value, line};
}

/* -- YAML and JSON: trees of values --------------------------------------------------- */

/* Depth is that of the readers. */
static void put_value(struct buf *out, const struct value *v, bool is_inside)
{
    if (v->kind == VALUE_SCALAR)
        buf_add(out, v->text);
    if (v->kind != VALUE_LIST && v->kind != VALUE_MAP)
        return;
    bool is_map = v->kind == VALUE_MAP, has_marks = is_map || is_inside;
    if (has_marks)
        buf_char(out, is_map ? '{' : '[');
    for (size_t i = 0; i < v->count; i++) {
        buf_add(out, i != 0 ? S(", ") : S(""));
        if (is_map)
            buf_fmt(out, STR_FMT ": ", STR_ARG(v->keys[i].text));
        put_value(out, &v->items[i], true);
    }
    if (has_marks)
        buf_char(out, is_map ? '}' : ']');
}

static void take_map(struct front *f, struct arena *a, const struct diags *d, const struct value *v)
{
    for (size_t i = 0; i < v->count; i++) {
        struct buf b = buf_in(a, 64);
        put_value(&b, &v->items[i], false);
        add_pair(f, a, str_dup(a, v->keys[i].text), buf_str(&b),
                 diags_line_number(d, v->keys[i].span));
    }
}

/* "title: What it is" begins front matter; a line of dashes alone may be a rule in the text. */
static bool looks_like_keys(str yaml)
{
    str line;
    while (str_line(&yaml, &line)) {
        line = str_trim(line);
        if (line.n == 0 || line.p[0] == '#')
            continue;
        size_t i = 0;
        while (i < line.n && (ascii_is_alnum(line.p[i]) || line.p[i] == '_' || line.p[i] == '-'))
            i++;
        return i != 0 && i < line.n && line.p[i] == ':' &&
               (i + 1 == line.n || line.p[i + 1] == ' ');
    }
    return false;
}

static str unquoted(struct arena *a, str value)
{
    bool is_quoted = value.n > 1 && (value.p[0] == '"' || value.p[0] == '\'') &&
                     value.p[value.n - 1] == value.p[0];
    if (!is_quoted)
        return value;
    bool has_escapes = value.p[0] == '"';
    struct buf b = buf_in(a, value.n);
    for (size_t i = 1; i + 1 < value.n; i++) {
        if (has_escapes && value.p[i] == '\\' && i + 2 < value.n)
            i++;
        buf_char(&b, value.p[i]);
    }
    return buf_str(&b);
}

/* What is no YAML may still say "title: X: a view"; lines that are nested say nothing alone. */
static void take_lines(struct front *f, struct arena *a, str yaml)
{
    str line, key;
    for (uint32_t number = 2; str_line(&yaml, &line); number++) {
        str value = str_trim(str_cut(line, ':', &key));
        if (key.n != 0 && !ascii_is_space(key.p[0]) && value.n != 0)
            add_pair(f, a, str_trim(key), unquoted(a, value), number);
    }
}

static bool read_yaml(struct front *f, struct arena *a, str text)
{
    size_t from, to, body;
    if (!md_front_matter(text, &from, &to, &body) || body == 0 ||
        !looks_like_keys(str_from_to(text, from, to)))
        return false;
    struct diags *d = diags_new(a);
    uint32_t file = diags_source(d, S("front"), text);
    const struct value *v = yaml_parse(a, d, file, from, to);
    f->kind = "YAML";
    f->body = body;
    if (v->kind == VALUE_MAP && diags_count(d, SEVERITY_ERROR) == 0)
        take_map(f, a, d, v);
    if (f->count != 0)
        return true;
    f->raw = str_from_to(text, from, to);
    take_lines(f, a, f->raw);
    return true;
}

/* Where the object ends that begins the text. */
static size_t json_end(str text)
{
    size_t depth = 0;
    bool is_quoted = false;
    for (size_t i = 0; i < text.n; i++) {
        char c = text.p[i];
        if (is_quoted && c == '\\')
            i++;
        else if (c == '"')
            is_quoted = !is_quoted;
        else if (!is_quoted && (c == '{' || c == '['))
            depth++;
        else if (!is_quoted && (c == '}' || c == ']') && --depth == 0)
            return i + 1;
    }
    return SIZE_MAX;
}

static bool read_json(struct front *f, struct arena *a, str text)
{
    size_t end = text.n != 0 && text.p[0] == '{' ? json_end(text) : SIZE_MAX;
    if (end == SIZE_MAX || (end < text.n && text.p[end] != '\n'))
        return false;
    struct diags *d = diags_new(a);
    uint32_t file = diags_source(d, S("front"), str_from_to(text, 0, end));
    const struct value *v = json_parse(a, d, file);
    if (v->kind != VALUE_MAP || diags_count(d, SEVERITY_ERROR) != 0)
        return false;
    f->kind = "JSON";
    f->body = end < text.n ? end + 1 : end;
    take_map(f, a, d, v);
    return true;
}

/* -- TOML: what front matter has of it ------------------------------------------------ */

/* "[ 'a', 'b' ]" as "a, b". */
static str toml_value(struct arena *a, str value)
{
    if (value.n < 2 || value.p[0] != '[' || value.p[value.n - 1] != ']')
        return unquoted(a, value);
    struct buf b = buf_in(a, value.n);
    for (str part, rest = str_from_to(value, 1, value.n - 1); rest.n != 0;) {
        rest = str_cut(rest, ',', &part);
        if (str_is_blank(part))
            continue;
        buf_add(&b, b.n != 0 ? S(", ") : S(""));
        buf_add(&b, unquoted(a, str_trim(part)));
    }
    return buf_str(&b);
}

static void read_toml_lines(struct front *f, struct arena *a, str toml)
{
    str line, section = S("");
    for (uint32_t number = 2; str_line(&toml, &line); number++) {
        str key, value = str_cut(line, '=', &key);
        key = str_trim(key);
        if (key.n == 0 || key.p[0] == '#')
            continue;
        if (key.p[0] == '[')
            section = str_trim(line);
        else if (value.p == NULL)
            add_pair(f, a, S("?"), str_trim(line), number);
        else
            add_pair(f, a, str_fmt(a, STR_FMT STR_FMT, STR_ARG(section), STR_ARG(key)),
                     toml_value(a, str_trim(value)), number);
    }
}

static bool read_toml(struct front *f, struct arena *a, str text)
{
    if (!str_starts(text, S("+++\n")))
        return false;
    size_t end = str_find(text, S("\n+++"), 3);
    if (end == SIZE_MAX || (end + 4 < text.n && text.p[end + 4] != '\n'))
        return false;
    f->kind = "TOML";
    f->body = end + 4 < text.n ? end + 5 : end + 4;
    read_toml_lines(f, a, str_from_to(text, 4, end));
    return true;
}

struct front import_front(struct arena *a, str text)
{
    struct front f = {.kind = NULL, .raw = S("")};
    if (read_yaml(&f, a, text) || read_toml(&f, a, text) || read_json(&f, a, text))
        f.line = import_lines(str_from_to(text, 0, f.body));
    return f;
}

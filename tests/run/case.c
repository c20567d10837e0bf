/* run/case: one case file, taken apart into steps. */
#include "case.h"

#include <string.h>

static const struct keyword {
    str word;
    enum step_kind kind;
} keywords[] = {
    {S_INIT("fill"), STEP_FILL},       {S_INIT("repeat"), STEP_REPEAT},
    {S_INIT("symlink"), STEP_SYMLINK}, {S_INIT("folder"), STEP_FOLDER},
    {S_INIT("fifo"), STEP_FIFO},       {S_INIT("remove"), STEP_REMOVE},
    {S_INIT("mode"), STEP_MODE},       {S_INIT("run"), STEP_RUN},
    {S_INIT("stdout"), STEP_STDOUT},   {S_INIT("stderr"), STEP_STDERR},
    {S_INIT("file"), STEP_FILE},       {S_INIT("has"), STEP_HAS},
    {S_INIT("lacks"), STEP_LACKS},     {S_INIT("exists"), STEP_EXISTS},
    {S_INIT("absent"), STEP_ABSENT},
};

static void wrong(struct case_file *c, size_t line, const char *why)
{
    if (c->error_line == 0) {
        c->error_line = line;
        c->error = str_from(why);
    }
}

/* Splits at blanks; quotes keep blanks, and an empty pair is an empty word. */
static bool split(struct arena *a, str text, struct step *s)
{
    struct buf word = buf_in(a, text.n + 1);
    bool in_word = false;
    char quote = 0;
    for (size_t i = 0; i <= text.n; i++) {
        char c = i < text.n ? text.p[i] : ' ';
        if (quote != 0 && i < text.n) {
            if (c == quote)
                quote = 0;
            else
                buf_char(&word, c);
        } else if (c == '\'' || c == '"') {
            quote = c;
            in_word = true;
        } else if (!ascii_is_space(c)) {
            buf_char(&word, c);
            in_word = true;
        } else if (in_word) {
            if (s->word_count == WORDS_MAX)
                return false;
            s->words[s->word_count++] = str_dup(a, buf_str(&word));
            word.n = 0;
            in_word = false;
        }
    }
    return quote == 0;
}

/* "64", "100K", "3M". SIZE_MAX: no number. */
static size_t number(str s)
{
    static const size_t limit = (size_t)1 << 30;
    size_t n = 0, i = 0;
    for (; i < s.n && ascii_is_digit(s.p[i]) && n < limit; i++)
        n = n * 10 + (size_t)(s.p[i] - '0');
    if (i > 0 && i + 1 == s.n && (s.p[i] == 'K' || s.p[i] == 'M'))
        n *= s.p[i++] == 'K' ? 1024 : 1024 * 1024;
    return i == 0 || i != s.n || n > limit ? SIZE_MAX : n;
}

static void drop_words(struct step *s, size_t count)
{
    s->word_count -= count;
    memmove(s->words, s->words + count, s->word_count * sizeof *s->words);
}

static void read_run(struct case_file *c, struct step *s)
{
    str rest = s->body, line;
    size_t at = s->line;
    s->status = -1;
    s->seconds = SECONDS_DEFAULT;
    while (str_line(&rest, &line)) {
        at++;
        if (str_is_blank(line) || str_starts(line, S("#")))
            continue;
        size_t n = number(str_skip(line, str_starts(line, S("exit ")) ? 5 : 8));
        if (str_starts(line, S("exit ")) && n < 256)
            s->status = (int)n;
        else if (str_starts(line, S("seconds ")) && n < 3600)
            s->seconds = (unsigned)n;
        else
            wrong(c, at, "after a run only 'exit N' and 'seconds N' are read");
    }
    if (s->status < 0)
        wrong(c, s->line, "a run needs its 'exit N'");
}

static bool looks_like_path(str s)
{
    return str_find_char(s, '.', 0) != SIZE_MAX || str_find_char(s, '/', 0) != SIZE_MAX;
}

/* The words after the keyword, by kind. */
static void read_words(struct case_file *c, struct step *s)
{
    size_t wanted = 1;
    str *w = s->words;
    if (s->kind == STEP_FILL || s->kind == STEP_SYMLINK)
        wanted = 3;
    else if (s->kind == STEP_REPEAT || s->kind == STEP_MODE || s->kind == STEP_HEX)
        wanted = 2;
    else if (s->kind == STEP_STDOUT || s->kind == STEP_STDERR)
        wanted = 0;
    if (s->word_count != wanted) {
        wrong(c, s->line, "the wrong number of words for this section");
        return;
    }
    s->path = wanted == 0 ? (s->kind == STEP_STDOUT ? S("stdout") : S("stderr"))
                          : w[s->kind == STEP_REPEAT];
    if (s->kind == STEP_FILL || s->kind == STEP_MODE)
        s->number = number(w[1]);
    else if (s->kind == STEP_REPEAT)
        s->number = number(w[0]);
    if (s->number == SIZE_MAX || (s->kind == STEP_FILL && w[2].n == 0))
        wrong(c, s->line, "not a number up to a thousand million");
    if (s->kind == STEP_SYMLINK && !str_eq(w[1], S("->")))
        wrong(c, s->line, "a link is written 'symlink PATH -> TARGET'");
}

static void read_head(struct case_file *c, struct arena *a, struct step *s)
{
    if (!split(a, s->head, s) || s->word_count == 0) {
        wrong(c, s->line, "a head with an open quote, too many words or none");
        return;
    }
    for (size_t i = 0; i < sizeof keywords / sizeof *keywords; i++) {
        if (!str_eq(s->words[0], keywords[i].word))
            continue;
        s->kind = keywords[i].kind;
        drop_words(s, 1);
        if (s->kind == STEP_RUN)
            read_run(c, s);
        else
            read_words(c, s);
        return;
    }
    str last = s->words[s->word_count - 1];
    s->path = s->words[0];
    if (!looks_like_path(s->path))
        wrong(c, s->line, "neither a section that is known nor a path with a dot or slash");
    if (s->word_count == 2 && str_eq(last, S("hex")))
        s->kind = STEP_HEX;
    else if (s->word_count == 2 && str_eq(last, S("nonl")))
        s->body = str_from_to(s->body, 0, s->body.n == 0 ? 0 : s->body.n - 1);
    else if (s->word_count != 1)
        wrong(c, s->line, "a file is written '== PATH', '== PATH nonl' or '== PATH hex'");
}

static str unescape(struct arena *a, str raw)
{
    if (str_find(raw, S("\\=="), 0) == SIZE_MAX)
        return raw;
    struct buf out = buf_in(a, raw.n);
    for (str rest = raw; rest.n != 0;) {
        size_t end = str_find_char(rest, '\n', 0), slashes = 0;
        str line = str_from_to(rest, 0, end == SIZE_MAX ? rest.n : end + 1);
        while (slashes < line.n && line.p[slashes] == '\\')
            slashes++;
        bool escaped = slashes > 0 && str_starts(str_skip(line, slashes), S("== "));
        buf_add(&out, str_skip(line, escaped));
        rest = str_skip(rest, line.n);
    }
    return buf_str(&out);
}

str case_escape(struct arena *a, str body)
{
    struct buf out = buf_in(a, body.n + 16);
    for (str rest = body; rest.n != 0;) {
        size_t end = str_find_char(rest, '\n', 0), slashes = 0;
        str line = str_from_to(rest, 0, end == SIZE_MAX ? rest.n : end + 1);
        while (slashes < line.n && line.p[slashes] == '\\')
            slashes++;
        if (str_starts(str_skip(line, slashes), S("== ")))
            buf_char(&out, '\\');
        buf_add(&out, line);
        rest = str_skip(rest, line.n);
    }
    return buf_str(&out);
}

/* Where the next head begins at or after `from`, or the end. */
static size_t next_head(str text, size_t from)
{
    if (str_starts(str_skip(text, from), S("== ")))
        return from;
    size_t at = str_find(text, S("\n== "), from);
    return at == SIZE_MAX ? text.n : at + 1;
}

static void read_order(struct case_file *c)
{
    bool ran = false;
    for (size_t i = 0; i < c->count; i++) {
        const struct step *s = &c->steps[i];
        if (s->kind == STEP_RUN)
            ran = true;
        else if (s->kind > STEP_RUN && !ran)
            wrong(c, s->line, "nothing has run yet");
    }
    if (!ran)
        wrong(c, 1, "a case needs a run");
}

struct case_file *case_parse(struct arena *a, str path, str text)
{
    struct case_file *c = NEW(a, struct case_file);
    size_t line = 1, counted = 0;
    c->path = path;
    c->text = text;
    for (size_t at = next_head(text, 0), next; at < text.n; at = next) {
        for (; counted < at; counted++)
            line += text.p[counted] == '\n';
        size_t end = str_find_char(text, '\n', at);
        if (end == SIZE_MAX)
            end = text.n;
        size_t from = end == text.n ? end : end + 1;
        next = next_head(text, from);
        struct step *s = &PUSH(a, c->steps, c->count, c->cap, struct step);
        *s = (struct step){.kind = STEP_TEXT, .line = line};
        s->head = str_trim(str_from_to(text, at + 3, end));
        s->raw = str_from_to(text, from, next);
        s->body = unescape(a, s->raw);
        read_head(c, a, s);
    }
    read_order(c);
    return c;
}

static int hex_value(char c)
{
    if (ascii_is_digit(c))
        return c - '0';
    c = ascii_lower(c);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static str from_hex(struct arena *a, str body)
{
    struct buf out = buf_in(a, body.n / 2 + 1);
    int high = -1;
    for (size_t i = 0; i < body.n; i++) {
        int v = hex_value(body.p[i]);
        if (v < 0)
            continue;
        if (high >= 0)
            buf_char(&out, (char)(high * 16 + v));
        high = high >= 0 ? -1 : v;
    }
    return buf_str(&out);
}

static str repeated(struct arena *a, str body, size_t count)
{
    struct buf out = buf_in(a, body.n * count + 1);
    for (size_t i = 1; i <= count; i++) {
        str rest = body;
        for (size_t at; (at = str_find(rest, S("@N@"), 0)) != SIZE_MAX;) {
            buf_add(&out, str_from_to(rest, 0, at));
            buf_fmt(&out, "%zu", i);
            rest = str_skip(rest, at + 3);
        }
        buf_add(&out, rest);
    }
    return buf_str(&out);
}

str step_bytes(struct arena *a, const struct step *s)
{
    if (s->kind == STEP_HEX)
        return from_hex(a, s->body);
    return s->kind == STEP_REPEAT ? repeated(a, s->body, s->number) : s->body;
}

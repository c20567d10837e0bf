/* tidy: the rules of the house that a machine can check.
 *
 *   tidy [ROOT]
 *
 * Reads the tree below ROOT (default "."), prints `file:line: message` for each
 * finding and closes with `N passed, N failed`: one for each file, one for the
 * top level and one for each fixture in tidy.def. The fixtures come first, so a rule that
 * went blind fails before it can wave anything through. */
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/str.h"

enum { FILE_LINES_MAX = 700, LINE_COLUMNS_MAX = 100, TEXT_BYTES_MAX = 64 * 1024 * 1024 };

/* Tables are aligned by hand. */
/* clang-format off */

/* Who may see whom: a file includes lower ranks and its own folder. */
static const struct rank {
    str folder;
    int rank;
} ranks[] = {
    {S_INIT("base"), 0},
    {S_INIT("text"), 1},
    {S_INIT("verify"), 1}, /* judges with base and libcrypto alone */
    {S_INIT("model"), 2}, {S_INIT("sign"), 2},
    {S_INIT("load"), 3}, {S_INIT("check"), 3}, {S_INIT("derive"), 3},
    {S_INIT("form/table"), 4},
    {S_INIT("form/draw"), 5}, /* a drawing has its table beside it */
    {S_INIT("form/doc"), 6},  /* a document holds both */
    {S_INIT("form/diff"), 7}, /* of two documents, or two editions of everything */
    {S_INIT("write/html"), 8}, {S_INIT("write/svg"), 8}, {S_INIT("write/pdf"), 8},
    {S_INIT("write/data"), 8},
    {S_INIT("publish"), 9},
    {S_INIT("cli"), 10},
    {S_INIT(""), 11}, /* main.c */
};

/* Calls that are not for us, and what is. `only` names the folder the ban is for. */
static const struct ban {
    str call, only, instead;
} bans[] = {
    {S_INIT("time"), S_INIT(""), S_INIT("pass the as-of date down")},
    {S_INIT("rand"), S_INIT(""), S_INIT("the same input gives the same bytes")},
    {S_INIT("random"), S_INIT(""), S_INIT("the same input gives the same bytes")},
    {S_INIT("setlocale"), S_INIT(""), S_INIT("use the ascii_ and utf8_ functions of base/str")},
    {S_INIT("strtok"), S_INIT(""), S_INIT("use str_cut")},
    {S_INIT("sprintf"), S_INIT(""), S_INIT("use buf_fmt or snprintf")},
    {S_INIT("vsprintf"), S_INIT(""), S_INIT("use buf_fmt or vsnprintf")},
    {S_INIT("strcpy"), S_INIT(""), S_INIT("use str_c or memcpy")},
    {S_INIT("strcat"), S_INIT(""), S_INIT("use buf_add")},
    {S_INIT("strncpy"), S_INIT(""), S_INIT("use str_c or memcpy")},
    {S_INIT("strncat"), S_INIT(""), S_INIT("use buf_add")},
    {S_INIT("atoi"), S_INIT(""), S_INIT("parse digits and check their range")},
    {S_INIT("gets"), S_INIT(""), S_INIT("use fgets")},
    {S_INIT("system"), S_INIT(""), S_INIT("fork and exec, or call the library")},
    {S_INIT("popen"), S_INIT(""), S_INIT("fork and exec, or call the library")},
    {S_INIT("readdir"), S_INIT("src/load/"), S_INIT("use dir_list, which sorts")},
    {S_INIT("readdir"), S_INIT("src/publish/"), S_INIT("use dir_list, which sorts")},
    {S_INIT("readdir"), S_INIT("src/cli/"), S_INIT("use dir_list, which sorts")},
    {S_INIT("printf"), S_INIT("src/check/"), S_INIT("use diag; check never prints")},
    {S_INIT("printf"), S_INIT("src/derive/"), S_INIT("facts are not printed")},
    {S_INIT("fopen"), S_INIT("src/form/"), S_INIT("forms never touch the disk")},
    {S_INIT("fopen"), S_INIT("src/write/"), S_INIT("hand bytes to outputs")},
    {S_INIT("file_create"), S_INIT("src/write/"), S_INIT("hand bytes to outputs")},
    {S_INIT("file_replace"), S_INIT("src/write/"), S_INIT("hand bytes to outputs")},
};

/* Split in two, so that this file does not hold what it looks for. */
static const str leftovers[] = {
    S_INIT("TO" "DO"), S_INIT("FIX" "ME"), S_INIT("X" "XX"), S_INIT("HA" "CK"),
};

static const struct word {
    str text, why;
} forbidden[] = {
    {S_INIT("/ho" "me/"), S_INIT("a path of one machine")},
    {S_INIT("/ro" "ot/"), S_INIT("a path of one machine")},
    {S_INIT("/wo" "rk/"), S_INIT("a path of one machine")},
    {S_INIT("/Us" "ers/"), S_INIT("a path of one machine")},
    {S_INIT("registry." "npm"), S_INIT("the host of a registry; npm's own configuration knows it")},
    {S_INIT("deb.deb" "ian.org"), S_INIT("the host of a registry; apt's own list knows it")},
    {S_INIT("\"resol" "ved\":"), S_INIT("the host of a registry; write the lock with "
                                        "omit-lockfile-registry-resolved")},
};

/* The top level, exactly; names with a leading dot are free. */
static const struct dir_entry top_level[] = {
    {S_INIT("Makefile"), false}, {S_INIT("README.md"), false}, {S_INIT("assets"), true},
    {S_INIT("content"), true},   {S_INIT("site"), true},       {S_INIT("src"), true},
    {S_INIT("templates"), true}, {S_INIT("tests"), true},
};
static const str dot_entries[] = {S_INIT(".ci"), S_INIT(".githooks"), S_INIT(".gitignore"),
                                  S_INIT(".clang-format")};

/* clang-format on */

enum byte_class { CODE, COMMENT, LITERAL };

/* One file under examination. `in` tells the class of each byte of C text. */
struct subject {
    struct buf *out; /* findings */
    size_t findings;
    str path, text;
    const unsigned char *in;
};

static size_t line_at(str text, size_t off)
{
    size_t line = 1;
    for (size_t i = 0; i < off; i++)
        line += text.p[i] == '\n';
    return line;
}

#define find_at(s, off, ...) finding(s, line_at((s)->text, (off)), __VA_ARGS__)
__attribute__((format(printf, 3, 4))) static void finding(struct subject *s, size_t line,
                                                          const char *format, ...)
{
    va_list args;
    char message[300];
    va_start(args, format);
    vsnprintf(message, sizeof message, format, args);
    va_end(args);
    buf_fmt(s->out, STR_FMT ":%zu: %s\n", STR_ARG(s->path), line, message);
    s->findings++;
}

static bool is_word_char(char c)
{
    return ascii_is_alnum(c) || c == '_';
}

/* The next whole word at or after `from`, or SIZE_MAX. */
static size_t find_word(str text, str word, size_t from)
{
    for (size_t at; (at = str_find(text, word, from)) != SIZE_MAX; from = at + 1) {
        bool head = at == 0 || !is_word_char(text.p[at - 1]);
        bool tail = at + word.n == text.n || !is_word_char(text.p[at + word.n]);
        if (head && tail)
            return at;
    }
    return SIZE_MAX;
}

static bool ends_with_any(str s, const str *ends, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (str_ends(s, ends[i]))
            return true;
    }
    return false;
}
#define ENDS(s, ...)                                                                               \
    ends_with_any((s), (const str[]){__VA_ARGS__}, sizeof((const str[]){__VA_ARGS__}) / sizeof(str))

/* -- C ---------------------------------------------------------------------------------------- */

/* Tells code from comments and literals; escapes inside literals are skipped. */
static const unsigned char *classify(struct arena *a, str text)
{
    unsigned char *in = arena_alloc(a, text.n + 1, 1, 1);
    char quote = 0;
    for (size_t i = 0; i < text.n; i++) {
        char c = text.p[i], next = i + 1 < text.n ? text.p[i + 1] : '\0';
        if (quote != 0) {
            in[i] = LITERAL;
            if (c == '\\' && i + 1 < text.n)
                in[++i] = LITERAL;
            else if (c == quote)
                quote = 0;
        } else if (c == '/' && (next == '*' || next == '/')) {
            size_t end = str_find(text, next == '*' ? S("*/") : S("\n"), i + 2);
            size_t stop = end == SIZE_MAX ? text.n : end + (next == '*' ? 2 : 0);
            memset(in + i, COMMENT, stop - i);
            i = stop - 1;
        } else if (c == '"' || c == '\'') {
            in[i] = LITERAL;
            quote = c;
        } else {
            in[i] = CODE;
        }
    }
    return in;
}

/* "src/base/str.c" is "base/str", "tests/unit/str.c" is "unit/str". */
static str module_of(str path)
{
    if (str_starts(path, S("src/")))
        path = str_skip(path, 4);
    else if (str_starts(path, S("tests/")))
        path = str_skip(path, 6);
    size_t dot = path.n;
    while (dot > 0 && path.p[dot - 1] != '.')
        dot--;
    return str_from_to(path, 0, dot == 0 ? path.n : dot - 1);
}

static str folder_of(str path)
{
    size_t slash = path.n;
    while (slash > 0 && path.p[slash - 1] != '/')
        slash--;
    return str_from_to(path, 0, slash == 0 ? 0 : slash - 1);
}

/* A folder below one with a rank has the same. */
static int rank_of(str folder)
{
    for (size_t i = 0; i < sizeof ranks / sizeof *ranks; i++) {
        if (str_eq(ranks[i].folder, folder))
            return ranks[i].rank;
    }
    return folder_of(folder).n == 0 ? -1 : rank_of(folder_of(folder));
}

/* Its own folder, or one above it of the same rank. */
static bool is_own(str from, str to)
{
    return str_eq(from, to) || (str_starts(from, to) && str_starts(str_skip(from, to.n), S("/")) &&
                                rank_of(from) == rank_of(to));
}

static str last_of(str path)
{
    str folder = folder_of(path);
    return str_skip(path, folder.n == 0 ? 0 : folder.n + 1);
}

/* The file of a folder's own noun, form/draw/drawing.h, may go by the folder's name. */
static bool names_module(str name, str module)
{
    str folder = folder_of(module);
    return str_eq(name, module) ||
           (str_eq(name, folder) && str_starts(last_of(module), last_of(folder)));
}

static void check_header(struct subject *s)
{
    str rest = s->text, line = S(""), module = module_of(s->path);
    str_line(&rest, &line);
    size_t at = str_starts(line, S("/* ")) ? str_find(line, S(": "), 0) : SIZE_MAX;
    bool named = at != SIZE_MAX && names_module(str_from_to(line, 3, at), module);
    if (!named || !(str_ends(line, S(".")) || str_ends(line, S(". */"))))
        finding(s, 1, "the first line must be '/* " STR_FMT ": one line. */'", STR_ARG(module));
}

static void check_rank(struct subject *s, size_t off, str included)
{
    str from = folder_of(module_of(s->path)), to = folder_of(included);
    int from_rank = rank_of(from), to_rank = rank_of(to);
    bool own = is_own(from, to);
    if (to_rank < 0)
        find_at(s, off, "'" STR_FMT "' is in no folder that has a rank", STR_ARG(included));
    else if (!own && to_rank >= from_rank)
        find_at(s, off, "'" STR_FMT "' may not be seen from '" STR_FMT "'", STR_ARG(included),
                STR_ARG(from));
    if (!own && str_ends(included, S("_int.h")))
        find_at(s, off, "'" STR_FMT "' is for its own folder only", STR_ARG(included));
}

/* The folder's own headers first, then libc and libraries, then ours; ranks as in the table. */
static void check_includes(struct subject *s)
{
    bool in_src = str_starts(s->path, S("src/")), ours_began = false;
    str module = module_of(s->path);
    if (in_src && rank_of(folder_of(module)) < 0)
        finding(s, 1, "the folder has no rank; add a row to tests/tidy.c");
    for (size_t at = 0; (at = str_find(s->text, S("#include "), at)) != SIZE_MAX; at += 9) {
        if (s->in[at] != CODE)
            continue;
        char open = s->text.p[at + 9];
        size_t end = str_find_char(s->text, open == '<' ? '>' : '"', at + 10);
        if (end == SIZE_MAX)
            return;
        str included = str_from_to(s->text, at + 10, end);
        bool row = str_ends(included, S(".def")); /* rows may come anywhere, many times */
        bool own = !in_src || is_own(folder_of(module), folder_of(included));
        if (open == '<' && ours_began)
            find_at(s, at, "<" STR_FMT "> must come before our own headers", STR_ARG(included));
        if (open == '"' && !row && !own)
            ours_began = true;
        if (in_src && open == '"')
            check_rank(s, at, included);
    }
}

static void check_bans(struct subject *s)
{
    for (size_t i = 0; i < sizeof bans / sizeof *bans; i++) {
        const struct ban *b = &bans[i];
        if (!str_starts(s->path, b->only))
            continue;
        for (size_t at = 0; (at = find_word(s->text, b->call, at)) != SIZE_MAX; at += b->call.n) {
            size_t after = at + b->call.n;
            while (after < s->text.n && s->text.p[after] == ' ')
                after++;
            bool member = at > 0 && (s->text.p[at - 1] == '.' || s->text.p[at - 1] == '>');
            if (s->in[at] == CODE && !member && after < s->text.n && s->text.p[after] == '(')
                find_at(s, at, "'" STR_FMT "' is banned: " STR_FMT, STR_ARG(b->call),
                        STR_ARG(b->instead));
        }
    }
}

static void check_gotos(struct subject *s)
{
    for (size_t at = 0; (at = find_word(s->text, S("goto"), at)) != SIZE_MAX; at += 4) {
        if (s->in[at] == CODE && !str_starts(str_skip(s->text, at + 4), S(" done;")))
            find_at(s, at, "goto may only lead to 'done'");
    }
}

static void check_c(struct subject *s, struct arena *a)
{
    s->in = classify(a, s->text);
    if (!str_ends(s->path, S(".def")))
        check_header(s);
    check_includes(s);
    check_bans(s);
    check_gotos(s);
}

/* -- All text --------------------------------------------------------------------------------- */

static void check_lines(struct subject *s, bool tabs_fine, size_t columns_max)
{
    str rest = s->text, line;
    for (size_t number = 1; str_line(&rest, &line); number++) {
        if (!tabs_fine && str_find_char(line, '\t', 0) != SIZE_MAX)
            finding(s, number, "a tab; indent with blanks");
        if (str_ends(line, S(" ")) || str_ends(line, S("\t")) || str_ends(line, S("\r")))
            finding(s, number, "blanks at the end of the line");
        if (columns_max != 0 && utf8_count(line) > columns_max)
            finding(s, number, "%zu columns, %zu at most", utf8_count(line), columns_max);
    }
}

static void check_size(struct subject *s)
{
    size_t lines = line_at(s->text, s->text.n) - 1;
    if (lines > FILE_LINES_MAX)
        finding(s, lines, "%zu lines, %d at most: perhaps two rooms", lines, FILE_LINES_MAX);
}

/* A literal in C is data: the program itself looks for these words in documents. So does a
 * line that speaks of placeholders. */
static void check_leftovers(struct subject *s)
{
    str rest = s->text, line;
    for (size_t number = 1; str_line(&rest, &line); number++) {
        for (size_t i = 0; i < sizeof leftovers / sizeof *leftovers; i++) {
            size_t at = find_word(line, leftovers[i], 0);
            if (at == SIZE_MAX || str_find(line, S("placeholder"), 0) != SIZE_MAX)
                continue;
            if (s->in == NULL || s->in[(size_t)(line.p - s->text.p) + at] != LITERAL)
                finding(s, number, "'" STR_FMT "' is left in the text", STR_ARG(leftovers[i]));
        }
    }
}

static void check_forbidden(struct subject *s)
{
    for (size_t i = 0; i < sizeof forbidden / sizeof *forbidden; i++) {
        str word = forbidden[i].text;
        for (size_t at = 0; (at = str_find(s->text, word, at)) != SIZE_MAX; at += word.n) {
            bool in_address = word.p[0] == '/' && at > 0 &&
                              (is_word_char(s->text.p[at - 1]) || s->text.p[at - 1] == '.');
            if (!in_address)
                find_at(s, at, "'" STR_FMT "' is " STR_FMT, STR_ARG(word),
                        STR_ARG(forbidden[i].why));
        }
    }
}

static void check_comment_first(struct subject *s)
{
    str rest = s->text, line = S("");
    str_line(&rest, &line);
    if (str_starts(line, S("#!")))
        str_line(&rest, &line);
    if (!str_starts(line, S("#")) && !str_starts(line, S("/*")) && !str_starts(line, S("//")))
        finding(s, 1, "a file begins with a comment that says what it is");
}

/* Recorded inputs and outputs: their blanks and tabs mean something. */
static bool is_recorded(str path)
{
    return ENDS(path, S(".case"), S(".txt"), S(".md"), S(".csv"), S(".svg"), S(".out")) ||
           str_starts(path, S("tests/fuzz/corpus/"));
}

static bool is_binary(str text)
{
    return memchr(text.p, 0, text.n) != NULL || utf8_invalid_at(text) != SIZE_MAX;
}

static size_t check_text(struct buf *out, struct arena *a, str path, str text)
{
    struct subject s = {.out = out, .path = path, .text = text};
    bool is_c = ENDS(path, S(".c"), S(".h"));
    bool is_code = is_c || ENDS(path, S(".def"), S(".js"), S(".mjs"), S(".css"), S(".sh"));
    bool is_content = str_starts(path, S("content/"));
    if (text.n == 0 || is_binary(text) || str_starts(path, S("tests/fuzz/corpus/")))
        return 0;
    if (!str_ends(text, S("\n")) && !str_ends(path, S(".svg")))
        finding(&s, line_at(text, text.n), "the last line has no end");
    check_forbidden(&s);
    if (!is_recorded(path) && !is_content)
        check_lines(&s, ENDS(path, S("Makefile"), S(".mk")), is_c ? LINE_COLUMNS_MAX : 0);
    if (is_c)
        check_size(&s);
    if (is_c || str_ends(path, S(".def")))
        check_c(&s, a);
    else if (is_code)
        check_comment_first(&s);
    if (is_code || str_starts(path, S("templates/")) || str_starts(path, S("assets/")))
        check_leftovers(&s);
    return s.findings;
}

/* -- The tree --------------------------------------------------------------------------------- */

struct tree {
    struct arena *arena;
    int root;
    struct buf out;
    size_t passed, failed;
};

static void tree_finding(struct tree *t, str path, const char *message)
{
    buf_fmt(&t->out, STR_FMT ":1: %s\n", STR_ARG(path), message);
    t->failed++;
}

static void check_file(struct tree *t, str path)
{
    struct file_read r = file_read(t->arena, t->root, path, TEXT_BYTES_MAX);
    if (r.fault == FILE_LINK) {
        tree_finding(t, path, "a symbolic link; not every place can keep one");
    } else if (r.fault != FILE_OK) {
        tree_finding(t, path, "cannot be read");
    } else {
        size_t findings = check_text(&t->out, t->arena, path, r.text);
        t->failed += findings;
        t->passed += findings == 0;
    }
}

static bool is_made(str name) /* by a tool, and not tracked */
{
    return str_eq(name, S("node_modules")) || str_eq(name, S(".npmrc"));
}

/* Depth first with a stack of our own: the tree may be as deep as it likes. */
static void check_folder(struct tree *t, str top)
{
    str *stack = NULL;
    size_t n = 0, cap = 0;
    PUSH(t->arena, stack, n, cap, str) = top;
    while (n > 0) {
        str folder = stack[--n];
        struct dir_entry *entries;
        size_t count;
        int error = dir_list(t->arena, t->root, folder, &entries, &count);
        if (error == ENOTDIR)
            check_file(t, folder);
        else if (error != 0)
            tree_finding(t, folder, strerror(error));
        for (size_t i = count; error == 0 && i-- > 0;) {
            str path =
                str_fmt(t->arena, STR_FMT "/" STR_FMT, STR_ARG(folder), STR_ARG(entries[i].name));
            if (is_made(entries[i].name))
                continue;
            if (entries[i].is_folder)
                PUSH(t->arena, stack, n, cap, str) = path;
            else
                check_file(t, path);
        }
    }
}

static void check_top(struct tree *t)
{
    enum { COUNT = sizeof top_level / sizeof *top_level };
    struct dir_entry *entries;
    size_t count, failed = t->failed, wanted = 0;
    int error = dir_list(t->arena, t->root, S("."), &entries, &count);
    if (error != 0) {
        tree_finding(t, S("."), strerror(error));
        return;
    }
    for (size_t i = 0; i < count; i++) {
        while (wanted < COUNT && str_cmp(top_level[wanted].name, entries[i].name) < 0)
            tree_finding(t, top_level[wanted++].name, "missing at the top level");
        if (wanted < COUNT && str_eq(top_level[wanted].name, entries[i].name))
            wanted++;
        else
            tree_finding(t, entries[i].name, "not a name for the top level");
    }
    while (wanted < COUNT)
        tree_finding(t, top_level[wanted++].name, "missing at the top level");
    t->passed += t->failed == failed;
}

static void check_tree(struct tree *t)
{
    check_top(t);
    for (size_t i = 0; i < sizeof top_level / sizeof *top_level; i++) {
        if (!top_level[i].is_folder)
            check_file(t, top_level[i].name);
        else if (!str_eq(top_level[i].name, S("site")))
            check_folder(t, top_level[i].name);
    }
    for (size_t i = 0; i < sizeof dot_entries / sizeof *dot_entries; i++)
        check_folder(t, dot_entries[i]);
}

/* -- Fixtures --------------------------------------------------------------------------------- */

static const struct fixture {
    str path, text, findings;
} fixtures[] = {
#define FIXTURE(path, text, findings) {S_INIT(path), S_INIT(text), S_INIT(findings)},
#include "tidy.def"
};

static void check_fixtures(struct tree *t)
{
    for (size_t i = 0; i < sizeof fixtures / sizeof *fixtures; i++) {
        const struct fixture *f = &fixtures[i];
        struct buf out = buf_in(t->arena, 256);
        check_text(&out, t->arena, f->path, f->text);
        if (str_eq(buf_str(&out), f->findings)) {
            t->passed++;
        } else {
            t->failed++;
            buf_fmt(&t->out, "tests/tidy.def:1: fixture %zu: expected\n" STR_FMT "found\n" STR_FMT,
                    i + 1, STR_ARG(f->findings), STR_ARG(buf_str(&out)));
        }
    }
}

static void check_long_file(struct tree *t)
{
    struct buf text = buf_in(t->arena, 4096), out = buf_in(t->arena, 256);
    buf_lit(&text, "/* text/a: long. */\n");
    for (int i = 0; i < FILE_LINES_MAX; i++)
        buf_lit(&text, "int a;\n");
    size_t findings = check_text(&out, t->arena, S("src/text/a.c"), buf_str(&text));
    t->passed += findings == 1;
    if (findings != 1)
        tree_finding(t, S("tests/tidy.c"), "a file of 701 lines goes unseen");
}

int main(int argc, char **argv)
{
    struct arena *a = arena_new("tidy", (size_t)1 << 30);
    struct tree t = {.arena = a, .out = buf_in(a, 4096)};
    const char *root = argc > 1 ? argv[1] : ".";
    int error = dir_open(root, &t.root);
    if (argc > 2 || error != 0) {
        fprintf(stderr, "usage: tidy [ROOT]: %s: %s\n", root, strerror(error));
        return 2;
    }
    check_fixtures(&t);
    check_long_file(&t);
    check_tree(&t);
    str out = buf_str(&t.out);
    fwrite(out.p, 1, out.n, stdout);
    printf("%zu passed, %zu failed\n", t.passed, t.failed);
    close(t.root);
    arena_free(a);
    return t.failed != 0;
}

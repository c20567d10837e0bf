/* form/doc/report_frozen: reports taken apart, put together again, and compared. */
#include "form/doc/report_int.h"

#include "form/doc/doc_int.h"
#include "form/doc/report.h"
#include "form/table/cells.h"

/* -- Which blocks there are ------------------------------------------------------------------ */

/* Layout holds no data: it is made anew. */
static bool asks_for_data(const struct md_node *n)
{
    static const str layout[] = {S_INIT("page-break"), S_INIT("contents")};
    str name;
    if (n->kind != MD_CODE_BLOCK || !doc_is_directive(n->code.info))
        return false;
    str_cut(str_trim(n->code.info), ' ', &name);
    for (size_t i = 0; i < COUNT_OF(layout); i++)
        if (str_eq(layout[i], name))
            return false;
    return true;
}

struct md_node **report_blocks(struct arena *a, struct md_node *body, size_t *count)
{
    struct md_node **nodes = NULL;
    size_t cap = 0;
    *count = 0;
    for (struct md_walk w = md_walk(body); md_step(&w);)
        if (w.enter && asks_for_data(w.node))
            PUSH(a, nodes, *count, cap, struct md_node *) = w.node;
    return nodes;
}

void report_take_apart(struct arena *a, struct md_node *const *nodes, size_t count,
                       struct report_parts *parts)
{
    parts->blocks = NEW_ARRAY(a, struct report_block, count + 1);
    parts->count = count;
    for (size_t i = 0; i < count; i++)
        parts->blocks[i] = (struct report_block){
            .table = nodes[i]->kind == MD_FORM_TABLE ? nodes[i]->table : NULL,
            .drawing = nodes[i]->kind == MD_FORM_DRAWING ? nodes[i]->drawing : NULL,
            .words = nodes[i]->kind == MD_PARA ? md_text(a, nodes[i]) : S("")};
}

void report_put_together(struct arena *a, struct md_node *const *nodes, size_t count,
                         const struct report_parts *parts)
{
    for (size_t i = 0; i < count && i < parts->count; i++) {
        const struct report_block *b = &parts->blocks[i];
        struct md_node *n = nodes[i];
        if (b->table != NULL) {
            doc_put_table(n, b->table);
        } else if (b->drawing != NULL) {
            n->kind = MD_FORM_DRAWING;
            n->drawing = b->drawing;
        } else {
            n->kind = MD_PARA;
            n->text = S("");
            report_text(a, n, b->words);
        }
    }
}

/* -- Hashes ------------------------------------------------------------------------------------ */

void report_hash_table(struct arena *a, struct sha256_run *run, const struct table *t)
{
    for (size_t i = 0; i < t->row_count * t->column_count; i++) {
        sha256_add(run, cell_plain(a, &t->cells[i]));
        sha256_add(run, (i + 1) % t->column_count == 0 ? S("\n") : S("\t"));
    }
    sha256_add(run, t->note);
}

static str sha256_of_table(struct arena *a, const struct table *t)
{
    struct sha256_run run = sha256_begin();
    report_hash_table(a, &run, t);
    return sha256_hex(a, sha256_end(&run));
}

const struct table *report_manifest(struct arena *a, struct md_node *const *nodes, size_t count)
{
    static const struct column column[] = {COLUMN("part", "Part", TEXT),
                                           COLUMN("rows", "Rows", NUMBER),
                                           COLUMN("sha256", "SHA-256", CODE)};
    struct table *t = table_new(a, S("report-manifest"), S("Hashes of the tables"), column, 3);
    for (size_t i = 0; i < count; i++) {
        if (nodes[i]->kind != MD_FORM_TABLE)
            continue;
        const struct table *of = nodes[i]->table;
        struct cell *cells = table_row(a, t);
        cells[0] = cell_text(a, of->caption.n != 0 ? of->caption : of->id);
        cells[1] = cell_count(a, of->row_count);
        cells[2] = cell_text(a, sha256_of_table(a, of));
    }
    return t;
}

/* -- What was recorded since ----------------------------------------------------------------- */

struct comparing {
    struct arena *arena;
    struct table *found;
    str gone, hidden; /* what is said of a row that is not there now; the words of one that names
                         what this copy does not hold */
};

/* All that a row says, in one line. */
static str row_words(struct arena *a, const struct table *t, size_t row)
{
    struct buf b = buf_in(a, 128);
    for (size_t c = 0; c < t->column_count; c++) {
        str words = cell_plain(a, table_cell(t, row, c));
        if (words.n == 0)
            continue;
        if (b.n != 0)
            buf_lit(&b, " · ");
        buf_add(&b, words);
    }
    return buf_str(&b);
}

/* What a row is about: its first record and the words in front of that, else its first words. */
static str row_subject(struct arena *a, const struct table *t, size_t row)
{
    struct buf b = buf_in(a, 64);
    for (size_t c = 0; c < t->column_count; c++) {
        const struct cell *cell = table_cell(t, row, c);
        buf_add(&b, cell_plain(a, cell));
        buf_char(&b, '\n');
        if (cell->count != 0 && cell->pieces[0].link != NULL)
            return buf_str(&b);
    }
    return cell_plain(a, table_cell(t, row, 0));
}

static void add_difference(struct comparing *x, str part, str then, str now)
{
    struct cell *cells = table_row(x->arena, x->found);
    cells[0] = cell_text(x->arena, part);
    cells[1] = cell_text(x->arena, then.n != 0 ? then : S("not in the pack"));
    cells[2] = cell_text(x->arena, now.n != 0 ? now : x->gone);
}

struct row_of_then {
    str words;
    bool is_met;
};

static void compare_tables(struct comparing *x, const struct table *then, const struct table *now)
{
    struct arena *a = x->arena;
    struct map rows = map_in(a), subjects = map_in(a);
    struct row_of_then *before = NEW_ARRAY(a, struct row_of_then, then->row_count + 1);
    bool *is_same = NEW_ARRAY(a, bool, now->row_count + 1);
    for (size_t i = 0; i < then->row_count; i++) {
        before[i].words = row_words(a, then, i);
        map_put(&rows, before[i].words, &before[i]);
        map_put(&subjects, row_subject(a, then, i), &before[i]);
    }
    for (size_t i = 0; i < now->row_count; i++) {
        struct row_of_then *same = map_find(&rows, row_words(a, now, i));
        is_same[i] = same != NULL;
        if (same != NULL)
            same->is_met = true;
    }
    for (size_t i = 0; i < now->row_count; i++) {
        if (is_same[i])
            continue;
        struct row_of_then *was = map_find(&subjects, row_subject(a, now, i));
        bool is_changed = was != NULL && !was->is_met;
        if (is_changed)
            was->is_met = true;
        add_difference(x, now->caption, is_changed ? was->words : S(""), row_words(a, now, i));
    }
    for (size_t i = 0; i < then->row_count; i++) {
        const struct row_of_then *first = map_find(&rows, before[i].words);
        if (!before[i].is_met && !first->is_met && !str_eq(before[i].words, x->hidden))
            add_difference(x, then->caption, before[i].words, S(""));
    }
}

/* -- Words ------------------------------------------------------------------------------------- */

/* A line of the text, without the marks of Markdown in front of it, and the heading it is under. */
struct line {
    str words, under;
    bool is_met;
};

struct lines {
    struct line *items;
    size_t count, cap;
    struct map by_words;
};

/* As it is read: templates put a backslash before what would be a mark. */
static str bare(struct arena *a, str line)
{
    struct buf b = buf_in(a, line.n + 1);
    line = str_trim(line);
    while (line.n != 0 && (line.p[0] == '#' || line.p[0] == '>' || line.p[0] == ' '))
        line = str_skip(line, 1);
    for (size_t i = 0; i < line.n; i++)
        if (line.p[i] != '\\' || (i > 0 && line.p[i - 1] == '\\'))
            buf_char(&b, line.p[i]);
    return buf_str(&b);
}

static struct lines lines_of(struct arena *a, str text)
{
    struct lines l = {.by_words = map_in(a)};
    str line, under = S("");
    for (bool is_code = false; text.n != 0;) {
        text = str_cut(text, '\n', &line);
        bool is_fence = str_starts(line, S("```"));
        str words = bare(a, line);
        is_code ^= is_fence;
        if (str_starts(line, S("#")))
            under = words;
        if (is_code || is_fence || words.n == 0)
            continue;
        PUSH(a, l.items, l.count, l.cap, struct line) = (struct line){words, under, false};
        map_put(&l.by_words, words, a); /* it is there: no more is asked */
    }
    return l;
}

/* The first line under the same heading that the other text has not. */
static str other_line(struct lines *of, const struct lines *than, str under)
{
    for (size_t i = 0; i < of->count; i++)
        if (!of->items[i].is_met && str_eq(of->items[i].under, under) &&
            map_find(&than->by_words, of->items[i].words) == NULL) {
            of->items[i].is_met = true;
            return of->items[i].words;
        }
    return S("");
}

static void compare_words(struct comparing *x, str then, str now)
{
    struct lines before = lines_of(x->arena, then), after = lines_of(x->arena, now);
    for (size_t i = 0; i < before.count; i++) {
        struct line *l = &before.items[i];
        if (!l->is_met && map_find(&after.by_words, l->words) == NULL)
            add_difference(x, l->under, l->words, other_line(&after, &before, l->under));
    }
    for (size_t i = 0; i < after.count; i++)
        if (!after.items[i].is_met && map_find(&before.by_words, after.items[i].words) == NULL)
            add_difference(x, after.items[i].under, S(""), after.items[i].words);
}

const struct table *report_since(struct arena *a, const struct model *m,
                                 const struct report_parts *then, const struct report_parts *now)
{
    static const struct column column[] = {COLUMN("part", "Part of the pack", TEXT),
                                           COLUMN("then", "In the pack", TEXT),
                                           COLUMN("now", "By the records now", TEXT)};
    struct comparing x = {
        a, table_new(a, S("review-since"), S("Recorded after the review"), column, 3),
        model_is_partial(m) ? S("not in the records of this copy")
                            : S("not in the records any more"),
        text_not_in_copy(a, S(""))};
    compare_words(&x, then->text, now->text);
    for (size_t i = 0, k = 0; i < then->count; i++) {
        const struct table *t = then->blocks[i].table;
        for (k = 0; t != NULL && k < now->count; k++)
            if (now->blocks[k].table != NULL && str_eq(now->blocks[k].table->id, t->id)) {
                compare_tables(&x, t, now->blocks[k].table);
                break;
            }
    }
    if (x.found->row_count == 0)
        x.found->note = S("Nothing: the records say of that day what they said in the pack.");
    return x.found;
}

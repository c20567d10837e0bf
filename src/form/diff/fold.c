/* form/diff/fold: what is far from any change becomes a note that counts it. */
#include "form/diff/redline_int.h"

enum { FOLD_LEAST = 2 }; /* a note in place of one thing would not be shorter */

static bool is_changed(const struct md_node *node)
{
    for (struct md_walk w = md_walk(node); md_step(&w);)
        if (w.node->kind == MD_INSERTED || w.node->kind == MD_DELETED)
            return true;
    return false;
}

struct row {
    struct md_node **v;
    bool *is_changed, *is_shown;
    size_t n;
};

static struct row children_of(struct arena *a, struct md_node *parent)
{
    struct row r = {0};
    for (const struct md_node *n = parent->first; n != NULL; n = n->next)
        r.n++;
    r.v = NEW_ARRAY(a, struct md_node *, r.n);
    r.is_changed = NEW_ARRAY(a, bool, r.n);
    r.is_shown = NEW_ARRAY(a, bool, r.n);
    size_t i = 0;
    for (struct md_node *n = parent->first; n != NULL; n = n->next, i++) {
        r.v[i] = n;
        r.is_changed[i] = is_changed(n);
    }
    return r;
}

/* What changed, and its neighbours; a head always. */
static void show_near(struct row *r)
{
    for (size_t i = 0; i < r->n; i++)
        r->is_shown[i] = r->is_changed[i] || (i > 0 && r->is_changed[i - 1]) ||
                         (i + 1 < r->n && r->is_changed[i + 1]) ||
                         (r->v[i]->kind == MD_ROW && r->v[i]->row.is_head) ||
                         (r->v[i]->kind == MD_BLOCK_ELEMENT && r->v[i]->element == ELEMENT_SUMMARY);
}

/* The headings that lead to what is shown say where it stands. */
static void show_headings(struct row *r)
{
    enum { LEVELS = 8 };
    int level = LEVELS; /* of the last heading that was shown, going up */
    bool is_needed = false;
    for (size_t i = r->n; i-- > 0;) {
        const struct md_node *n = r->v[i];
        if (n->kind != MD_HEADING) {
            if (r->is_shown[i]) {
                is_needed = true;
                level = LEVELS;
            }
            continue;
        }
        if (r->is_shown[i] || (is_needed && n->heading.level < level)) {
            r->is_shown[i] = true;
            is_needed = true;
            level = n->heading.level;
        }
    }
}

static struct md_node *new_words(struct arena *a, str text)
{
    struct span nowhere = {0, 0, 0};
    struct md_node *emph = md_new(a, MD_EMPH, nowhere), *leaf = md_new(a, MD_TEXT, nowhere);
    leaf->text = text;
    md_append(emph, leaf);
    return emph;
}

static struct md_node *new_note(struct arena *a, const struct md_node *parent, size_t count)
{
    struct span nowhere = {0, 0, 0};
    const char *name = parent->kind == MD_TABLE  ? "rows"
                       : parent->kind == MD_LIST ? "items"
                                                 : "parts of the text";
    struct md_node *words = new_words(a, str_fmt(a, "… %zu %s without a change", count, name));
    struct md_node *note = md_new(a, MD_PARA, nowhere);
    if (parent->kind == MD_TABLE) {
        note = md_new(a, MD_ROW, nowhere);
        for (int i = 0; i < parent->grid.columns; i++) {
            struct md_node *cell = md_new(a, MD_CELL, nowhere);
            cell->cell.column = i;
            md_append(note, cell);
        }
        md_append(note->first, words);
    } else {
        md_append(note, words);
    }
    if (parent->kind != MD_LIST)
        return note;
    struct md_node *item = md_new(a, MD_ITEM, nowhere);
    md_append(item, note);
    return item;
}

/* In a numbered list only the end can go: the numbers of what stands behind must stay right. */
static void fold_children(struct arena *a, struct md_node *parent)
{
    struct row r = children_of(a, parent);
    show_near(&r);
    show_headings(&r);
    for (size_t from = 0, to; from < r.n; from = to) {
        to = from + 1;
        if (r.is_shown[from])
            continue;
        while (to < r.n && !r.is_shown[to])
            to++;
        if (to - from < FOLD_LEAST || (parent->kind == MD_LIST && parent->list.ordered && to < r.n))
            continue;
        md_insert_before(r.v[from], new_note(a, parent, to - from));
        for (size_t i = from; i < to; i++)
            md_remove(r.v[i]);
    }
}

static bool can_fold(const struct md_node *n)
{
    return n->kind == MD_DOCUMENT || n->kind == MD_QUOTE || n->kind == MD_LIST ||
           n->kind == MD_TABLE || n->kind == MD_ITEM ||
           (n->kind == MD_BLOCK_ELEMENT && n->element == ELEMENT_DETAILS);
}

/* Children may be removed while the walk stands at their parent. */
void fold(struct arena *a, struct md_node *body)
{
    for (struct md_walk w = md_walk(body); md_step(&w);)
        if (w.enter && can_fold(w.node) && is_changed(w.node))
            fold_children(a, w.node);
}

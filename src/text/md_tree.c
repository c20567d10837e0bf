/* text/md_tree: the Markdown tree: surgery, walking, its text. */
#include "text/md.h"

#include <assert.h>

struct md_node *md_new(struct arena *a, enum md_kind kind, struct span span)
{
    struct md_node *n = NEW(a, struct md_node);
    n->kind = kind;
    n->span = span;
    return n;
}

void md_append(struct md_node *parent, struct md_node *child)
{
    assert(child->parent == NULL && child != parent);
    child->parent = parent;
    child->prev = parent->last;
    if (parent->last != NULL)
        parent->last->next = child;
    else
        parent->first = child;
    parent->last = child;
}

void md_insert_before(struct md_node *place, struct md_node *added)
{
    assert(added->parent == NULL && place->parent != NULL);
    added->parent = place->parent;
    added->next = place;
    added->prev = place->prev;
    if (place->prev != NULL)
        place->prev->next = added;
    else
        place->parent->first = added;
    place->prev = added;
}

void md_remove(struct md_node *node)
{
    assert(node->parent != NULL);
    if (node->prev != NULL)
        node->prev->next = node->next;
    else
        node->parent->first = node->next;
    if (node->next != NULL)
        node->next->prev = node->prev;
    else
        node->parent->last = node->prev;
    node->parent = node->prev = node->next = NULL;
}

struct md_walk md_walk(const struct md_node *root)
{
    return (struct md_walk){.root = (struct md_node *)root};
}

bool md_step(struct md_walk *w)
{
    if (!w->started) {
        w->started = w->enter = true;
        w->node = w->root;
        return true;
    }
    if (w->enter && w->node->first != NULL) {
        w->node = w->node->first;
        return true;
    }
    if (w->enter) {
        w->enter = false;
        return true;
    }
    if (w->node == w->root)
        return false;
    w->enter = w->node->next != NULL;
    w->node = w->enter ? w->node->next : w->node->parent;
    return true;
}

static bool is_block(enum md_kind kind)
{
    return kind < MD_TEXT;
}

static void blank_between(struct buf *b)
{
    if (b->n != 0 && b->p[b->n - 1] != ' ')
        buf_char(b, ' ');
}

static bool is_lone_text(const struct md_node *n)
{
    return n->first != NULL && n->first == n->last && n->first->kind == MD_TEXT;
}

str md_text(struct arena *a, const struct md_node *node)
{
    if (is_lone_text(node))
        return node->first->text;
    struct buf b = buf_in(a, 64);
    for (struct md_walk w = md_walk(node); md_step(&w);) {
        const struct md_node *n = w.node;
        if (is_block(n->kind) || n->is_folio)
            blank_between(&b);
        else if (w.enter && (n->kind == MD_SOFTBREAK || n->kind == MD_BREAK ||
                             (n->kind == MD_ELEMENT && n->element == ELEMENT_BR)))
            blank_between(&b);
        if (w.enter)
            buf_add(&b, n->text);
        if (w.enter && n->kind == MD_PART) {
            blank_between(&b);
            buf_add(&b, n->title);
            blank_between(&b);
        }
    }
    return str_trim(buf_str(&b));
}

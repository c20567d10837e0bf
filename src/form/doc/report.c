/* form/doc/report: documents that are made, and not written. */
#include "form/doc/report.h"

struct md_node *report_node(struct arena *a, enum md_kind kind)
{
    return md_new(a, kind, (struct span){0, 0, 0});
}

struct md_node *report_text(struct arena *a, struct md_node *to, str text)
{
    struct md_node *n = report_node(a, MD_TEXT);
    n->text = text;
    md_append(to, n);
    return n;
}

struct md_node *report_heading(struct arena *a, struct md_node *to, int level, str text)
{
    struct md_node *n = report_node(a, MD_HEADING);
    n->heading.level = level;
    report_text(a, n, text);
    md_append(to, n);
    return n;
}

struct md_node *report_para(struct arena *a, struct md_node *to, str text)
{
    struct md_node *n = report_node(a, MD_PARA);
    report_text(a, n, text);
    md_append(to, n);
    return n;
}

struct md_node *report_table(struct arena *a, struct md_node *to, const str *heads, size_t count)
{
    struct md_node *t = report_node(a, MD_TABLE);
    t->grid.columns = (int)count;
    t->grid.align = NEW_ARRAY(a, enum md_align, count);
    md_append(to, t);
    struct md_node *cell = report_row(a, t);
    t->first->row.is_head = true;
    for (size_t i = 0; i < count; i++, cell = cell->next)
        report_text(a, cell, heads[i]);
    return t;
}

struct md_node *report_row(struct arena *a, struct md_node *table)
{
    struct md_node *row = report_node(a, MD_ROW);
    md_append(table, row);
    for (int i = 0; i < table->grid.columns; i++) {
        struct md_node *cell = report_node(a, MD_CELL);
        cell->cell.column = i;
        md_append(row, cell);
    }
    return row->first;
}

void report_form_table(struct arena *a, struct md_node *to, const struct table *t)
{
    struct md_node *n = report_node(a, MD_FORM_TABLE);
    n->table = t;
    md_append(to, n);
}

void report_code(struct arena *a, struct md_node *to, str text)
{
    struct md_node *n = report_node(a, MD_CODE_BLOCK);
    n->text = text;
    md_append(to, n);
}

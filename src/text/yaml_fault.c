/* text/yaml_fault: what libyaml could not read, in words that help. */
#include "text/yaml_int.h"

#include <string.h>

#include "text/rules.h"

/* Where to point: libyaml knows the place where it noticed and, often better,
 * the place where the thing that broke began. */
enum place {
    AT_PROBLEM,
    AT_CONTEXT,
    AT_PROBLEM_OR_OPEN, /* at the bracket that is still open when the text ran out */
};

static const struct fault {
    const char *context; /* of libyaml's words, the beginning; "" for any */
    const char *problem;
    enum place place;
    const char *text, *hint, *related;
    bool feature; /* not a slip but a part of YAML that is left out */
} fault[] = {
    {"while scanning an anchor", "", AT_CONTEXT, "text cannot begin with '&'",
     "put the text in quotes", NULL, true},
    {"while scanning an alias", "", AT_CONTEXT, "text cannot begin with '*'",
     "put the text in quotes; an item of a list begins with '- '", NULL, true},
    {"while scanning a tag", "", AT_CONTEXT, "text cannot begin with '!'", "put the text in quotes",
     NULL, true},
    {"while parsing a tag", "", AT_CONTEXT, "text cannot begin with '!'", "put the text in quotes",
     NULL, true},
    {"", "found undefined tag handle", AT_PROBLEM, "text cannot begin with '!'",
     "put the text in quotes", NULL, true},
    {"while scanning a directive", "", AT_CONTEXT, "text cannot begin with '%'",
     "put the text in quotes", NULL, true},
    {"while scanning a %", "", AT_CONTEXT, "text cannot begin with '%'", "put the text in quotes",
     NULL, true},
    {"", "mapping values are not allowed in this context", AT_PROBLEM,
     "':' begins a value where none can stand",
     "put text that holds ': ' in quotes, or look at the indentation", NULL, false},
    {"", "could not find expected ':'", AT_CONTEXT, "this is neither 'key: value' nor more text",
     "write 'key: value', or indent text that goes on deeper than its key", NULL, false},
    {"", "did not find expected key", AT_PROBLEM, "a key is expected here",
     "keys of one map begin in the same column; nothing may follow a closing quote or bracket",
     "the map begins here", false},
    {"", "did not find expected '-' indicator", AT_PROBLEM, "'- ' is expected here",
     "items of one list begin in the same column", "the list begins here", false},
    {"", "did not find expected ',' or ']'", AT_PROBLEM_OR_OPEN, "',' or ']' is expected here",
     "close the list, or quote text that holds one of , [ ] { }", "the list begins here", false},
    {"", "did not find expected ',' or '}'", AT_PROBLEM_OR_OPEN, "',' or '}' is expected here",
     "close the map, or quote text that holds one of , [ ] { }", "the map begins here", false},
    {"", "did not find expected node content", AT_PROBLEM_OR_OPEN, "a value is expected here",
     "quote text that begins with one of , [ ] { }", NULL, false},
    {"while scanning a quoted scalar", "found unexpected end of stream", AT_CONTEXT,
     "the quote that opens here is not closed",
     "close it; in '…' an apostrophe is written twice, in \"…\" a quote as \\\"", NULL, false},
    {"while scanning a quoted scalar", "found unexpected document indicator", AT_CONTEXT,
     "the quote that opens here is not closed",
     "close it before the line that begins with --- or ...", NULL, false},
    {"", "found unknown escape character", AT_PROBLEM, "this escape does not exist",
     "write \\\\ for a backslash, or put the text in single quotes", NULL, false},
    {"", "did not find expected hexdecimal number", AT_PROBLEM,
     "this escape needs more hexadecimal digits", "write \\\\ for a backslash", NULL, false},
    {"", "found invalid Unicode character escape code", AT_PROBLEM,
     "this escape names no character", "write the character itself", NULL, false},
    {"", "block sequence entries are not allowed in this context", AT_PROBLEM,
     "a list cannot begin here", "put '- ' on a line of its own under the key", NULL, false},
    {"", "mapping keys are not allowed in this context", AT_PROBLEM, "a map cannot begin here",
     "put text that begins with '? ' in quotes", NULL, false},
    {"", "found a tab character that violates indentation", AT_PROBLEM, "a tab cannot indent YAML",
     "use blanks", NULL, false},
    {"", "found a tab character where an indentation space is expected", AT_PROBLEM,
     "a tab cannot indent YAML", "use blanks", NULL, false},
    {"", "found an indentation indicator equal to 0", AT_PROBLEM,
     "text cannot be indented by 0 blanks", "leave the digit away", NULL, false},
    {"while scanning a block scalar", "did not find expected comment or line break", AT_PROBLEM,
     "nothing can follow '|' or '>' on its line", "begin the text on the next line", NULL, false},
    {"", "found unexpected ':'", AT_PROBLEM, "':' cannot stand here without a blank after it",
     "put text that holds ':' in quotes", NULL, false},
};
enum { FAULT_COUNT = COUNT_OF(fault) };

/* The only fault whose words depend on what stands at the place. */
static void report_character(struct diags *d, struct span at, str source)
{
    str rest = str_skip(source, at.off);
    if (str_starts(rest, S("\t"))) {
        diag(d, TEXT_RULE(YAML_SYNTAX), at, "a tab cannot indent YAML");
        diag_hint(d, "use blanks");
        return;
    }
    at.len = 1;
    diag(d, TEXT_RULE(YAML_SYNTAX), at, "text cannot begin with '%.*s'", rest.n != 0, rest.p);
    diag_hint(d, "put the text in quotes");
}

/* libyaml reads ahead in blocks: here the offset is in bytes already. */
static void report_reader(struct diags *d, uint32_t file, size_t off, const yaml_parser_t *p)
{
    struct span at = {file, (uint32_t)off, 1};
    if (strcmp(p->problem, "control characters are not allowed") != 0) {
        diag(d, TEXT_RULE(FILE_UTF8), at, "this byte is not UTF-8");
        return;
    }
    diag(d, TEXT_RULE(YAML_SYNTAX), at, "the control character U+%04X is not text",
         (unsigned)p->problem_value);
    diag_hint(d, "remove it; most editors can show such characters");
}

static const struct fault *fault_of(const char *context, const char *problem)
{
    for (int i = 0; i < FAULT_COUNT; i++)
        if (strncmp(context, fault[i].context, strlen(fault[i].context)) == 0 &&
            (fault[i].problem[0] == 0 || strcmp(problem, fault[i].problem) == 0))
            return &fault[i];
    return NULL;
}

static void report_known(struct diags *d, const struct fault *f, struct span problem,
                         struct span context)
{
    const struct rule *rule = f->feature ? TEXT_RULE(YAML_FEATURE) : TEXT_RULE(YAML_SYNTAX);
    diag(d, rule, f->place == AT_CONTEXT ? context : problem, "%s", f->text);
    diag_hint(d, "%s", f->hint);
    if (f->related != NULL)
        diag_related(d, context, "%s", f->related);
}

static void report_open(struct diags *d, struct span at, char bracket)
{
    diag(d, TEXT_RULE(YAML_SYNTAX), at, "the '%c' that opens here is not closed", bracket);
    diag_hint(d, "close it, or put text that holds one of [ ] { } in quotes");
}

void yaml_report(struct diags *d, uint32_t file, struct yaml_cursor *c, size_t open_off,
                 const yaml_parser_t *p)
{
    if (p->error == YAML_READER_ERROR) {
        report_reader(d, file, c->from + p->problem_offset, p);
        return;
    }
    const struct fault *f = fault_of(p->context ? p->context : "", p->problem);
    size_t context_off = p->context ? yaml_offset(c, p->context_mark.index) : c->from;
    size_t problem_off = yaml_offset(c, p->problem_mark.index);
    struct span problem = {file, (uint32_t)problem_off, 0};
    struct span context = {file, (uint32_t)context_off, 0};
    bool at_end = str_is_blank(str_skip(c->text, problem_off));
    char bracket = open_off < c->text.n ? c->text.p[open_off] : 0;
    if (f != NULL && f->place == AT_PROBLEM_OR_OPEN && at_end && (bracket == '[' || bracket == '{'))
        report_open(d, (struct span){file, (uint32_t)open_off, 1}, bracket);
    else if (f != NULL)
        report_known(d, f, problem, context);
    else if (strcmp(p->problem, "found character that cannot start any token") == 0)
        report_character(d, problem, c->text);
    else
        diag(d, TEXT_RULE(YAML_SYNTAX), problem, "%s", p->problem);
}

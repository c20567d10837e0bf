/* rules: every check is proven both ways.
 *
 *   rules CASE…
 *
 * Of each row of check/rules.def some case must show what it finds, with its id in brackets in
 * what is expected of a run; and a mended workspace must show that it finds nothing there: a
 * `== lacks stderr` with "[BI2]" (or "[BI", for all of a family that the case has found before),
 * or all of stderr of a later run of the same case. Says which are missing, and nothing else. */
#include <stdio.h>

#include "base/file.h"
#include "check/rules.h"
#include "run/case.h"

enum { CASE_BYTES_MAX = 4 * 1024 * 1024 };

/* No case makes a job hang or swell on every machine; tests/unit/pool.c does. */
static bool is_shown_elsewhere(const struct rule *rule)
{
    return rule == CHECK_RULE(WORKER);
}

struct proofs {
    bool is_found[CHECK_RULE_COUNT], is_lacking[CHECK_RULE_COUNT];
    bool is_found_here[CHECK_RULE_COUNT]; /* in this case, up to here */
};

static str name_of(struct arena *a, size_t rule)
{
    return str_fmt(a, "[%s]", check_rule[rule].id);
}

static bool is_expected(const struct step *s)
{
    bool is_output = str_eq(s->path, S("stdout")) || str_eq(s->path, S("stderr"));
    return s->kind == STEP_STDOUT || s->kind == STEP_STDERR || (s->kind == STEP_HAS && is_output);
}

static bool lacks(str body, str name)
{
    for (str line, rest = body; rest.n != 0;) {
        rest = str_cut(rest, '\n', &line);
        bool is_start = line.n != 0 && line.p[0] == '[' && str_starts(name, line);
        if (is_start || str_find(line, name, 0) != SIZE_MAX)
            return true;
    }
    return false;
}

static void take_step(struct proofs *p, const struct step *s, size_t rule, str name)
{
    bool is_there = str_find(s->body, name, 0) != SIZE_MAX;
    if (is_expected(s) && is_there)
        p->is_found[rule] = p->is_found_here[rule] = true;
    else if (s->kind == STEP_STDERR && p->is_found_here[rule])
        p->is_lacking[rule] = true;
    else if (s->kind == STEP_LACKS && lacks(s->body, name))
        p->is_lacking[rule] |= is_there || p->is_found_here[rule];
}

static bool take_case(struct proofs *p, const char *path)
{
    struct arena *a = arena_new("case", 16 * CASE_BYTES_MAX);
    struct file_read r = file_read_any(a, path, CASE_BYTES_MAX);
    if (r.fault != FILE_OK) {
        fprintf(stderr, "%s: cannot be read\n", path);
        arena_free(a);
        return false;
    }
    const struct case_file *file = case_parse(a, str_from(path), r.text);
    for (size_t rule = 0; rule < CHECK_RULE_COUNT; rule++) {
        str name = name_of(a, rule);
        p->is_found_here[rule] = false;
        for (size_t i = 0; i < file->count; i++)
            take_step(p, &file->steps[i], rule, name);
    }
    arena_free(a);
    return true;
}

int main(int argc, char **argv)
{
    static struct proofs p;
    bool is_fine = argc > 1;
    for (int i = 1; i < argc; i++)
        is_fine &= take_case(&p, argv[i]);
    for (size_t rule = 0; rule < CHECK_RULE_COUNT; rule++) {
        if ((p.is_found[rule] && p.is_lacking[rule]) || is_shown_elsewhere(&check_rule[rule]))
            continue;
        printf("FAIL %s: no case in which it finds %s\n", check_rule[rule].id,
               p.is_found[rule] ? "nothing (lacks stderr)" : "something");
        is_fine = false;
    }
    return is_fine ? 0 : 1;
}

/* unit/redline: two texts as one: what is marked, and that nothing is lost. */
#include "unit.h"

#include <time.h>

#include "form/diff/redline_int.h"
#include "md_dump.h"
#include "redline_check.h"

static struct arena *memory;

static struct redline compare(str before, str after, bool is_whole)
{
    struct redline_request r = {.before = before, .after = after, .is_whole = is_whole};
    return redline_make(memory, &r);
}

static void marks(void **state)
{
    static const struct {
        const char *before, *after, *dump;
    } row[] = {
        /* words */
        {"Call the team now.", "Call the whole team now.",
         "(doc (para 'Call the ' (in 'whole') ' team now.'))"},
        {"Call the team within 30 minutes.", "Call the team within 15 minutes.",
         "(doc (para 'Call the team within ' (out '30') ' ' (in '15') ' minutes.'))"},
        {"one two\nthree", "one   two three", "(doc (para 'one   two three'))"},
        {"Call, then wait.", "Call then wait.", "(doc (para 'Call' (out ',') ' then wait.'))"},
        {"Ask SUP-004 by 09:30 on 2026-11-25.", "Ask SUP-005 by 09:45 on 2026-11-25.",
         "(doc (para 'Ask ' (out 'SUP-004') ' ' (in 'SUP-005') ' by ' (out '09:30') ' ' "
         "(in '09:45') ' on 2026-11-25.'))"},
        /* looks and addresses count, and stay around what they are around */
        {"Call **the team** now.", "Call **the crisis team** now.",
         "(doc (para 'Call ' (strong 'the ' (in 'crisis') ' team') ' now.'))"},
        {"Call the team now.", "Call **the** team now.",
         "(doc (para 'Call ' (out 'the') ' ' (strong (in 'the')) ' team now.'))"},
        {"See [it](https://a.org).", "See [it](https://b.org).",
         "(doc (para 'See ' (link <https://a.org> (out 'it')) ' ' (link <https://b.org> (in 'it')) "
         "'.'))"},
        {"Run `make` now", "Run `make all` now",
         "(doc (para 'Run ' (out (code 'make')) ' ' (in (code 'make all')) ' now'))"},
        /* a word that stayed by chance is no island */
        {"alpha beta gamma the delta epsilon zeta", "eins zwei drei the vier funf sechs",
         "(doc (para (out 'alpha beta gamma the delta epsilon zeta')) (para (in 'eins zwei drei "
         "the "
         "vier funf sechs')))"},
        /* blocks */
        {"A b c.\n\nD e f.", "A b c.\n\nG h i.\n\nD e f.",
         "(doc (para 'A b c.') (para (in 'G h i.')) (para 'D e f.'))"},
        {"A b c.\n\nG h i.\n\nD e f.", "A b c.\n\nD e f.",
         "(doc (para 'A b c.') (para (out 'G h i.')) (para 'D e f.'))"},
        {"# One\n\ntext", "## One\n\ntext", "(doc (h1 (out 'One')) (h2 (in 'One')) (para 'text'))"},
        {"", "new text", "(doc (para (in 'new text')))"},
        {"old text", "", "(doc (para (out 'old text')))"},
        {"", "", "(doc)"},
        /* lists, item by item */
        {"- call Ann\n- call Ben\n- go home", "- call Ann\n- call Bob\n- eat\n- go home",
         "(doc (list (item (para 'call Ann')) (item (para 'call ' (out 'Ben') ' ' (in 'Bob'))) "
         "(item (para (in 'eat'))) (item (para 'go home'))))"},
        {"- [ ] done it", "- [x] done it",
         "(doc (list (item open (para (out 'done it'))) (item done (para (in 'done it')))))"},
        /* code, line by line */
        {"```sh\na b\nc\n```", "```sh\na b\nd\n```",
         "(doc (pre sh 'a b\n' (out 'c\n') (in 'd\n')))"},
        /* tables: cells, rows, columns */
        {"|Who|Number|\n|-|-|\n|Ann|1|\n|Ben|2|", "|Who|Number|\n|-|-|\n|Ann|1|\n|Ben|3|",
         "(doc (table -- (row head (cell 'Who') (cell 'Number')) (row (cell 'Ann') (cell '1')) "
         "(row (cell 'Ben') (cell (out '2') ' ' (in '3')))))"},
        {"|Who|Number|\n|-|-|\n|Ann|1|\n|Ben|2|", "|Who|Number|\n|-|-|\n|Eve|9|\n|Ann|1|",
         "(doc (table -- (row head (cell 'Who') (cell 'Number')) (row (cell (in 'Eve')) (cell (in "
         "'9'))) (row (cell 'Ann') (cell '1')) (row (cell (out 'Ben')) (cell (out '2')))))"},
        {"|Who|Number|\n|-|-|\n|Ann|1|", "|Who|Place|Number|\n|-|-|-|\n|Ann|here|1|",
         "(doc (table --- (row head (cell 'Who') (cell (in 'Place')) (cell 'Number')) (row (cell "
         "'Ann') (cell (in 'here')) (cell '1'))))"},
        {"|Who|Number|\n|-|-|\n|Ann|1|", "|Who|\n|-|\n|Ann|",
         "(doc (table -- (row head (cell 'Who') (cell (out 'Number'))) (row (cell 'Ann') (cell "
         "(out "
         "'1')))))"},
        {"|Who|Tel|\n|-|-|\n|Ann|1|", "|Who|Telephone|\n|-|-|\n|Ann|1|",
         "(doc (table -- (row head (cell 'Who') (cell (out 'Tel') ' ' (in 'Telephone'))) (row "
         "(cell "
         "'Ann') (cell '1'))))"},
        /* what has no words of its own is named */
        {"Map: ![floor](a.png)", "Map: ![floor](b.png)",
         "(doc (para 'Map: [picture: floor, ' (out 'a.png') ' ' (in 'b.png') ']'))"},
        {"```register supplier\n```", "```register contact\n```",
         "(doc (para 'Made from the records: ' (out (code 'register supplier')) ' ' (in (code "
         "'register contact'))))"},
        {"A[^1]\n\n[^1]: old word", "A[^1]\n\n[^1]: new word",
         "(doc (para 'A' (sup '1')) (quote (para 'Note 1: ' (out 'old') ' ' (in 'new') ' word')))"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
        str before = str_from(row[i].before), after = str_from(row[i].after);
        struct redline r = compare(before, after, true);
        assert_str(md_dump(memory, r.body), row[i].dump);
        assert_int_equal(r.is_changed,
                         str_find(str_from(row[i].dump), S("(in "), 0) != SIZE_MAX ||
                             str_find(str_from(row[i].dump), S("(out "), 0) != SIZE_MAX);
        assert_null(redline_lie(memory, before, after));
        assert_null(redline_lie(memory, after, before));
    }
}

/* Whatever two texts are made of, no word is lost and none is made up. */
static void nothing_is_lost(void **state)
{
    static const char *const piece[] = {
        "# One two\n\n",
        "Call the team now.\n\n",
        "- a b\n- c d\n- e\n\n",
        "1. x\n2. y z\n\n",
        "> quoted *b*\n\n",
        "```\nx y\nz\n```\n\n",
        "**bold** and [l](https://a.org)\n\n",
        "|A|B|\n|-|-|\n|1|2|\n|3|4|\n\n",
        "|A|C|B|\n|-|-|-|\n|1|9|2|\n|5|6|7|\n\n",
        "Call the crisis team in 15 minutes.\n\n",
        "***\n\n",
        "- [x] a b\n- [ ] c\n\n",
        "<details><summary>s t</summary>\n\nu v\n\n</details>\n\n",
        "a<br>b `c d` e\n\n",
        "## One two three\n\n",
        "1. y z\n\n   deep\n2. x\n\n",
    };
    enum { PIECES = sizeof piece / sizeof *piece, ROUNDS = 400, LENGTH = 9 };
    uint32_t dice = 12345;
    (void)state;
    for (int round = 0; round < ROUNDS; round++) {
        struct buf text[2] = {buf_in(memory, 512), buf_in(memory, 512)};
        for (int side = 0; side < 2; side++)
            for (int i = 0; i < LENGTH; i++) {
                dice = dice * 1664525u + 1013904223u;
                if (dice >> 24 < 200)
                    buf_add(&text[side], str_from(piece[(dice >> 8) % PIECES]));
            }
        const char *lie = redline_lie(memory, buf_str(&text[0]), buf_str(&text[1]));
        if (lie != NULL)
            fail_msg("%s:\n" STR_FMT "\n-- and --\n" STR_FMT, lie, STR_ARG(buf_str(&text[0])),
                     STR_ARG(buf_str(&text[1])));
        arena_reset(memory);
    }
}

static void folded(void **state)
{
    (void)state;
    struct redline r = compare(
        S("# H\n\na\n\nb\n\nc\n\n## I\n\nd\n\n## J\n\ne\n\nold text\n\nf\n\ng\n\nh"),
        S("# H\n\na\n\nb\n\nc\n\n## I\n\nd\n\n## J\n\ne\n\nnew text\n\nf\n\ng\n\nh"), false);
    assert_str(md_dump(memory, r.body),
               "(doc (h1 'H') (para (em '… 5 parts of the text without a change')) (h2 'J') (para "
               "'e') (para (out 'old') ' ' (in 'new') ' text') (para 'f') (para (em '… 2 parts of "
               "the text without a change')))");
    r = compare(S("|A|B|\n|-|-|\n|1|a|\n|2|b|\n|3|c|\n|4|d|\n|5|e|"),
                S("|A|B|\n|-|-|\n|1|a|\n|2|b|\n|3|c|\n|4|d|\n|5|x|"), false);
    assert_str(md_dump(memory, r.body),
               "(doc (table -- (row head (cell 'A') (cell 'B')) (row (cell (em '… 3 rows without a "
               "change')) (cell)) (row (cell '4') (cell 'd')) (row (cell '5') (cell (out 'e') ' ' "
               "(in 'x')))))");
}

static str many_words(size_t count, uint32_t seed, unsigned changed_percent)
{
    struct buf b = buf_in(memory, count * 7);
    for (size_t i = 0; i < count; i++) {
        uint32_t word = (uint32_t)i * 2654435761u >> 18;
        seed = seed * 1664525u + 1013904223u;
        if (seed >> 8 < (1u << 24) / 100 * changed_percent)
            word = seed >> 18;
        buf_fmt(&b, "w%x%s", word, i % 120 == 119 ? ".\n\n" : " ");
    }
    return buf_str(&b);
}

static double time_of(size_t words, unsigned changed_percent)
{
    double best = 1e9;
    for (int i = 0; i < 3; i++) {
        arena_reset(memory);
        str before = many_words(words, 1, 0), after = many_words(words, 7, changed_percent);
        struct timespec t;
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
        double start = (double)t.tv_sec + (double)t.tv_nsec / 1e9;
        compare(before, after, false);
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
        double took = (double)t.tv_sec + (double)t.tv_nsec / 1e9 - start;
        best = took < best ? took : best;
    }
    return best;
}

static void grows_evenly(void **state)
{
    static const unsigned changed_percent[] = {2, 30, 100};
    enum { WORDS = 50000 };
    (void)state;
    for (size_t i = 0; i < 3; i++) {
        double one = time_of(WORDS, changed_percent[i]),
               two = time_of(2 * WORDS, changed_percent[i]);
        if (two > 2.6 * one + 0.05)
            fail_msg("%u%% changed: %.3f s, then %.3f s", changed_percent[i], one, two);
    }
}

int unit_redline(void)
{
    static const struct CMUnitTest cases[] = {
        cmocka_unit_test(marks),
        cmocka_unit_test(nothing_is_lost),
        cmocka_unit_test(folded),
        cmocka_unit_test(grows_evenly),
    };
    memory = arena_new("test", (size_t)1 << 30);
    int failed = unit_run("redline", cases);
    arena_free(memory);
    return failed;
}

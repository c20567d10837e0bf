/* cli/nearest: "did you mean", for words of the command line. */
#include "cli/nearest.h"

/* In a word of two or three letters two slips are another word. */
enum { SLIPS_MAX = 2, SHORT_WORD = 3 };

struct nearest nearest_to(str word)
{
    return (struct nearest){.word = word, .distance = (word.n <= SHORT_WORD ? 1 : SLIPS_MAX) + 1};
}

void nearest_offer(struct nearest *n, str name)
{
    size_t distance = str_distance(n->word, name, n->distance);
    if (distance < n->distance) {
        n->distance = distance;
        n->best = name;
    }
}

void nearest_offer_ids(struct nearest *n, const struct record_list *list)
{
    for (size_t i = 0; i < list->count; i++)
        nearest_offer(n, list->items[i]->id);
}

void nearest_say(const struct nearest *n, FILE *out)
{
    if (n->best.n != 0)
        fprintf(out, "; did you mean '" STR_FMT "'?", STR_ARG(n->best));
}

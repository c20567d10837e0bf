/* cli/nearest: "did you mean", for words of the command line.
 *
 *     struct nearest n = nearest_to(word);
 *     for (…)
 *         nearest_offer(&n, name);
 *     nearest_say(&n, stderr);
 */
#ifndef CLI_NEAREST_H
#define CLI_NEAREST_H

#include <stdio.h>

#include "model/model.h"

struct nearest {
    str word, best; /* best is empty when no name is near enough */
    size_t distance;
};

struct nearest nearest_to(str word);
void nearest_offer(struct nearest *n, str name);
void nearest_offer_ids(struct nearest *n, const struct record_list *list);
/* "; did you mean 'X'?", or nothing. */
void nearest_say(const struct nearest *n, FILE *out);

#endif

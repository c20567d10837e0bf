/* model/withhold: what stays in content/ and is never published. */
#include "model/model.h"

/* The number of a phone that is marked private: page, register, data file and
 * template alike then say that it is there, and not what it is. */
static void withhold_numbers(const struct record *person)
{
    size_t count;
    const struct field_value *phones = rec_items(person, PERSON_PHONES, &count);
    for (size_t i = 0; i < count; i++) {
        if (phones[i].state != FV_PRESENT || !rec_bool(phones[i].record, PHONE_PRIVATE))
            continue;
        struct record *phone = phones[i].record;
        struct field_value *number = &phone->values[schema_slot(phone->type, PHONE_NUMBER)];
        if (number->state == FV_PRESENT || number->state == FV_BROKEN)
            number->text = S("not published");
    }
}

void model_withhold(struct model *m)
{
    const struct record_list *people = model_list(m, TYPE_PERSON);
    for (size_t i = 0; i < people->count; i++)
        withhold_numbers(people->items[i]);
}

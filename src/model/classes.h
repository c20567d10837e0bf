/* model/classes: who may see what.
 *
 * Records, documents and single fields have a class; an audience has a
 * clearance, which is a class too. What is above it is not in the audience's
 * copy of the model, so nothing made from that copy can show, count or name it.
 *
 * A record's class is its own (`class: internal`), else the default of its type
 * (`classes:` in continuo.yaml), else the most restricted one: what nobody
 * thought about stays closed. A field's class is the higher one of the record's
 * and its own, which `classes:` gives it in all records ("person.phones",
 * "phone.number", "common.notes") and `field_classes:` in one. Parts are seen
 * with the record around them.
 *
 * Record types, fields and content/continuo.yaml belong to all audiences. */
#ifndef MODEL_CLASSES_H
#define MODEL_CLASSES_H

#include "model/model.h"

struct audience {
    str id, title;
    enum class_level clearance;
};

/* Those of continuo.yaml, in its order; rows that cannot be used are left out
 * (the check reports them). Without any: `staff`, which sees everything. */
struct audience *model_audiences(const struct model *m, struct arena *a, size_t *count);
/* NULL: there is none of this id. */
const struct audience *audience_named(const struct model *m, struct arena *a, str id);
bool audience_id_is_fine(str id);

/* What `of` names: a record type, or one field of a type or part. */
struct class_target {
    struct type_def *type;
    size_t slot; /* SIZE_MAX: the type itself */
};
/* False when it names nothing, or what cannot have a class of its own: an id, a
 * class, a part as a whole. */
bool class_target_find(const struct schema *s, str of, struct class_target *out);
/* The same for `field_classes` of one record. */
bool class_field_find(const struct type_def *t, str of, size_t *slot);

/* "confidential" */
str class_word(enum class_level level);
/* The word of a `class` field; one that is absent or broken counts as the most
 * restricted. */
enum class_level class_of_value(const struct field_value *v);

/* Its own, else that of its type, else the most restricted. */
enum class_level class_of_record(const struct record *r);
/* A copy may hold what asks for records of the type, and not the records: then it cannot say
 * that there are none. What decides is the class of all of them, not what there is of them. */
bool type_may_be_withheld(const struct model *m, enum type_id type);
/* What the field adds to the class of the record, by the schema and by `field_classes`;
 * CLASS_NONE: nothing. */
enum class_level class_of_field(const struct record *r, size_t slot);

/* Who sees a document sees who approved it, else it would seem a draft to them; who does
 * not see it is not told that there is something to approve. A class that is written and
 * higher stays (an error, CL7). */
enum class_level class_of_approval(const struct record *approval, const struct record *document);
/* After loading, and again once documents were exchanged: gives every type, field and
 * record its class. An approval is at least as closed as its document. */
void model_classify(struct model *m);

struct model_copy {
    enum class_level clearance;
    /* NULL: places stay as they are, for readers who see the whole content. Else
     * findings about the copy can go to `places`, whose reader sees no more than
     * the copy: what shares a file with others is known by file and id, not by
     * line. `loaded` has the sources of the model. */
    struct diags *places;
    const struct diags *loaded;
};

/* A copy of a loaded model for one clearance, without what is never published
 * (model_withhold): to be derived and linked like any other. Its size and time are
 * linear. Once it is linked, what it refers to and does not hold is FV_WITHHELD, whether
 * it is above the clearance or nowhere: the two cannot be told apart. */
struct model *model_for(const struct model *loaded, struct arena *a, const struct model_copy *how);

#endif

/* cli/address: where readers find the edition in force, whatever edition they hold. */
#ifndef CLI_ADDRESS_H
#define CLI_ADDRESS_H

#include "model/model.h"

/* The folder of an audience, whose entry leads into the edition in force; "" when the portal
 * has no address that all its readers share. */
str address_of_audience(struct arena *a, const struct model *m, str audience);
/* Of a document or record, below it (cli/pointers); "" as above. */
str address_of_record(struct arena *a, const struct model *m, str audience, const struct record *r);

#endif

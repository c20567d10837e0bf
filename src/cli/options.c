/* cli/options: the words of the command line. */
#include "cli/cli.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/manual.h"
#include "cli/nearest.h"

enum option_id {
    OPT_WORKSPACE,
    OPT_OUTPUT,
    OPT_AS_OF,
    OPT_JOBS,
    OPT_FORMAT,
    OPT_COLOR,
    OPT_MAX,
    OPT_ONLY,
    OPT_AUDIENCE,
    OPT_DATA,
    OPT_SINCE,
    OPT_LOSE,
    OPT_RULES,
    OPT_TO,
    OPT_KEY,
    OPT_CERT,
    OPT_CHAIN,
    OPT_P12,
    OPT_PKCS11,
    OPT_TSA,
    OPT_PASSPHRASE_FD,
    OPT_WITH_DRAFTS,
    OPT_ROLE,
    OPT_NOTE,
    OPT_PAPER,
    OPT_TRUST,
    OPT_STATE,
    OPT_EXPECT,
    OPT_CLAUSE,
    OPT_PACK,
    OPT_EDITION,
    OPT_COPY,
    OPT_ONLY_FOR,
    OPT_INTO,
    OPT_WITHIN,
    OPT_OWNER,
    OPT_KIND,
    OPT_LIST_FORMAT,
    OPT_WHERE,
    OPT_COLUMNS,
    OPT_SORT,
    OPT_IDS,
    OPT_TABLE_FORMAT,
    OPT_SHOW_FORMAT,
    OPT_SET,
    OPT_LIST_KINDS,
    OPT_NAME,
    OPT_MINIMAL,
    OPT_OUT,
    OPT_PORT,
    OPT_AS_TYPE,
    OPT_MAP,
    OPT_DRY_RUN,
    OPT_QUIET,
    OPT_VERBOSE,
    OPT_HELP
};

/* A command takes the options whose letter is in its list; h, q, v and K
 * (colour) belong to all. Capital letters other than C stand for options
 * without a short form; S for all that sign. */
static const struct option_row {
    enum option_id id;
    char letter;
    const char *name, *value, *help;
    bool has_short;
} option_row[] = {
    {OPT_WORKSPACE, 'C', "workspace", "DIR", "folder that holds content/ (default: .)", true},
    {OPT_OUTPUT, 'o', "output", "DIR", "folder to write to (default: site)", true},
    {OPT_AS_OF, 'A', "as-of", "DATE", "judge everything as of this day, YYYY-MM-DD", false},
    {OPT_JOBS, 'j', "jobs", "N", "worker processes (default: one per core)", true},
    {OPT_ONLY, 'O', "only", "html", "make the portal's pages only, no PDF", false},
    {OPT_AUDIENCE, 'U', "audience", "ID", "only this audience's copy; repeat it, or write ID,ID",
     false},
    {OPT_FORMAT, 'F', "format", "text|json|sarif", "how findings are printed (default: text)",
     false},
    {OPT_MAX, 'M', "max", "N", "findings shown as text; 0 shows all (default: 200)", false},
    {OPT_DATA, 'D', "data", "FILE", "YAML or JSON that the template sees", false},
    {OPT_SINCE, 'B', "since", "EDITION", "tell what changed since it (default: the current one)",
     false},
    {OPT_RULES, 'E', "rules", "IDS", "only these checks or families of checks: DP,BI3", false},
    {OPT_LOSE, 'L', "lose", "ID,ID", "what is lost at once, by ids", false},
    {OPT_TO, 'T', "to", "html|md|text|pdf", "what to make (default: html)", false},
    {OPT_KEY, 'S', "key", "FILE", "sign with this private key (PEM)", false},
    {OPT_CERT, 'S', "cert", "FILE", "the certificate of the key (PEM)", false},
    {OPT_CHAIN, 'S', "chain", "FILE", "certificates between it and its authority (PEM)", false},
    {OPT_P12, 'S', "p12", "FILE", "sign with the key in this PKCS#12 file", false},
    {OPT_PKCS11, 'S', "pkcs11", "URI", "sign with a key on a token (pkcs11:token=…;object=…)",
     false},
    {OPT_TSA, 'S', "tsa", "URL", "have signatures time-stamped there (http)", false},
    {OPT_PASSPHRASE_FD, 'S', "passphrase-fd", "N",
     "read the passphrase from this descriptor, not from the terminal", false},
    {OPT_WITH_DRAFTS, 'W', "with-drafts", NULL,
     "issue also what nobody has approved, marked DRAFT on every page and sheet", false},
    {OPT_AS_OF, 'R', "as-of", "DATE", "the day of the approval (default: the content's as-of day)",
     false},
    {OPT_ROLE, 'R', "as", "ROLE", "the role that approves, by its id", false},
    {OPT_NOTE, 'R', "note", "TEXT", "what the approver looked at", false},
    {OPT_PAPER, 'R', "paper", "PLACE", "where the sheet that was signed on paper is kept", false},
    {OPT_TRUST, 'V', "trust", "FILE", "certificates (PEM) of those whose signatures you accept",
     false},
    {OPT_STATE, 'V', "state", "FILE", "remember what was seen, and notice when it is taken back",
     false},
    {OPT_EXPECT, 'V', "expect", "CHECKPOINT",
     "an edition that must be here, as printed: 2026.2:0f3a9c… (may be repeated)", false},
    {OPT_CLAUSE, 'N', "clause", "NUMBER", "this clause and those below it, such as 8.4", false},
    {OPT_PACK, 'N', "pack", "DIR", "make a signed evidence pack with its files and hashes", false},
    {OPT_EDITION, 'I', "edition", "EDITION",
     "say what this edition says, without DRAFT on the sheets; refused when it says otherwise",
     false},
    {OPT_COPY, 'I', "copy", "N,N|all", "make these numbered copies", false},
    {OPT_ONLY_FOR, 'I', "for", "ID,ID",
     "only what concerns these sites, teams, roles and scenarios", false},
    {OPT_SINCE, 'I', "since", "EDITION|FILE",
     "make the pages that are new since then, with what to take out and put in", false},
    {OPT_INTO, 'I', "into", "DIR", "folder to write to (default: binder)", false},
    {OPT_FORMAT, 'G', "format", "text|json", "how the answer is printed (default: text)", false},
    {OPT_WITHIN, 'Q', "within", "TIME", "what falls due within this time: 60d, 8w (default: 366d)",
     false},
    {OPT_OWNER, 'Q', "owner", "ID", "what one role or person has to do, by its id", false},
    {OPT_KIND, 'Q', "kind", "WORD,WORD", "only these kinds: exercise, training, review, …", false},
    {OPT_LIST_FORMAT, 'Q', "format", "text|json|csv|ics", "how it is printed (default: text)",
     false},
    {OPT_WHERE, 'Y', "where", "FIELD=VALUE",
     "only rows that say so; also !=, ~ (holds), <, <=, >, >=; repeat it for 'and'", false},
    {OPT_COLUMNS, 'Y', "columns", "FIELD,FIELD", "these columns: fields, or owner.holder", false},
    {OPT_SORT, 'Y', "sort", "FIELD", "in the order of this field; -FIELD the other way", false},
    {OPT_TABLE_FORMAT, 'Y', "format", "text|json|csv", "how it is printed (default: text)", false},
    {OPT_IDS, 'Y', "ids", NULL, "ids and titles only, at once and unchecked", false},
    {OPT_SHOW_FORMAT, 'H', "format", "text|json|md", "how it is printed (default: text)", false},
    {OPT_SET, 'X', "set", "FIELD=VALUE", "fill this field in; may be repeated", false},
    {OPT_LIST_KINDS, 'X', "list", NULL, "what can be made, and which id comes next", false},
    {OPT_NAME, 'J', "name", "NAME", "of the organisation (default: Our organisation)", false},
    {OPT_MINIMAL, 'J', "minimal", NULL, "only what nobody can do without", false},
    {OPT_OUT, 'P', "out", "DIR", "write all of them there, with how to point an editor at them",
     false},
    {OPT_PORT, 'Z', "port", "N", "where it listens, on this machine alone (default: 8022; 0: any)",
     false},
    {OPT_AUDIENCE, 'Z', "audience", "ID", "whose copy (default: who may see most)", false},
    {OPT_INTO, 'i', "to", "DIR", "folder below content/documents (default: as PATH is called)",
     false},
    {OPT_AS_TYPE, 'i', "as", "TYPE", "the type of the records in a table: supplier, person, …",
     false},
    {OPT_MAP, 'i', "map", "A=b,C=d", "which column is which field (default: by likeness)", false},
    {OPT_DRY_RUN, 'i', "dry-run", NULL, "say what would be done, write nothing", false},
    {OPT_COLOR, 'K', "color", "auto|always|never",
     "colour in messages (default: auto; NO_COLOR is honoured)", false},
    {OPT_QUIET, 'q', "quiet", NULL, "print errors only", true},
    {OPT_VERBOSE, 'v', "verbose", NULL, "say what is done", true},
    {OPT_HELP, 'h', "help", NULL, "print this help", true},
};
enum { OPTION_COUNT = COUNT_OF(option_row) };

static bool command_takes(const struct command *c, char letter)
{
    return strchr("hqvK", letter) != NULL || strchr(c->options, letter) != NULL;
}

static bool one_of(const char *value, const char *const *word, int count, int *which)
{
    for (*which = 0; *which < count; ++*which)
        if (strcmp(value, word[*which]) == 0)
            return true;
    return false;
}

static bool parse_count(const char *value, unsigned long max, unsigned long *out)
{
    char *end;
    if (value[0] < '0' || value[0] > '9')
        return false;
    *out = strtoul(value, &end, 10);
    return *end == 0 && *out <= max;
}

static bool set_choice(struct options *o, enum option_id id, const char *value)
{
    static const char *const format[] = {"text", "json", "sarif"};
    static const char *const target[] = {"html", "md", "text", "pdf"};
    static const char *const color[] = {"auto", "never", "always"};
    static const char *const list[] = {"text", "json", "csv", "ics"};
    static const char *const show[] = {"text", "json", "md"};
    int which = 0;
    bool fine;
    switch (id) {
    case OPT_FORMAT:
        fine = one_of(value, format, 3, &which);
        o->format = (enum diag_format)which;
        return fine;
    case OPT_LIST_FORMAT:
        fine = one_of(value, list, 4, &which);
        o->list_format = (enum list_format)which;
        return fine;
    case OPT_TABLE_FORMAT:
        fine = one_of(value, list, 3, &which);
        o->list_format = (enum list_format)which;
        return fine;
    case OPT_SHOW_FORMAT:
        fine = one_of(value, show, 3, &which);
        o->list_format = which == 2 ? LIST_MD : (enum list_format)which;
        return fine;
    case OPT_TO:
        fine = one_of(value, target, 4, &which);
        o->target = (enum render_target)which;
        return fine;
    case OPT_COLOR:
        fine = one_of(value, color, 3, &which);
        o->color = which - 1;
        return fine;
    default:
        o->only_html = strcmp(value, "html") == 0;
        return o->only_html;
    }
}

/* The words of the group 'S', kept as they are; files are opened by sign/. */
static bool set_sign(struct sign_request *r, enum option_id id, const char *value)
{
    enum { DESCRIPTOR_MAX = 1023 };
    const char **place[] = {[OPT_KEY] = &r->key, [OPT_CERT] = &r->cert,     [OPT_CHAIN] = &r->chain,
                            [OPT_P12] = &r->p12, [OPT_PKCS11] = &r->pkcs11, [OPT_TSA] = &r->tsa};
    unsigned long fd = 0;
    if (id == OPT_PASSPHRASE_FD) {
        bool fine = parse_count(value, DESCRIPTOR_MAX, &fd);
        r->passphrase_fd = (int)fd;
        return fine;
    }
    *place[id] = value;
    return value[0] != 0;
}

static bool add_word(const char **words, size_t *count, size_t max, const char *value)
{
    if (*count == max)
        return false;
    words[(*count)++] = value;
    return true;
}

/* The words of the groups 'Y', 'X', 'J' and 'P'. */
static bool set_query(struct options *o, enum option_id id, const char *value)
{
    switch (id) {
    case OPT_WHERE:
        return add_word(o->where, &o->where_count, WHERE_MAX, value);
    case OPT_COLUMNS:
        o->columns = value;
        return value[0] != 0;
    case OPT_SORT:
        o->sort = value;
        return value[0] != 0;
    case OPT_IDS:
        return o->only_ids = true;
    case OPT_SET:
        return add_word(o->set, &o->set_count, SET_MAX, value);
    case OPT_LIST_KINDS:
        return o->list_kinds = true;
    case OPT_NAME:
        o->name = value;
        return value[0] != 0;
    case OPT_MINIMAL:
        return o->minimal = true;
    case OPT_OUT:
        o->out = value;
        return value[0] != 0;
    default:
        return set_choice(o, id, value);
    }
}

enum { JOBS_MAX = 64, SHOWN_MAX = 1000000, PORT_MAX = 65535 };

static bool set_option(struct options *o, enum option_id id, const char *value)
{
    unsigned long count = 0;
    bool fine = true;
    switch (id) {
    case OPT_WORKSPACE:
        o->workspace = value;
        return true;
    case OPT_OUTPUT:
        o->output = value;
        return true;
    case OPT_DATA:
        o->data = value;
        return true;
    case OPT_WITH_DRAFTS:
        return o->with_drafts = true;
    case OPT_ROLE:
        o->role = value;
        return true;
    case OPT_NOTE:
        o->note = value;
        return true;
    case OPT_PAPER:
        o->paper = value;
        return true;
    case OPT_TRUST:
        o->trust = value;
        return true;
    case OPT_STATE:
        o->state = value;
        return true;
    case OPT_EXPECT:
        if (o->expect_count == EXPECT_MAX)
            return false;
        o->expect[o->expect_count++] = value;
        return true;
    case OPT_RULES:
        o->rules = value;
        return true;
    case OPT_LOSE:
        o->lose = value;
        return true;
    case OPT_WITHIN:
        return duration_parse(str_from(value), &o->within);
    case OPT_OWNER:
        o->owner = value;
        return value[0] != 0;
    case OPT_KIND:
        o->kinds = value;
        return value[0] != 0;
    case OPT_SINCE:
        o->since = value;
        return true;
    case OPT_PACK:
        o->pack = value;
        return value[0] != 0;
    case OPT_CLAUSE:
        o->clause = value;
        return true;
    case OPT_EDITION:
        o->edition = value;
        return value[0] != 0;
    case OPT_COPY:
        o->copy = value;
        return value[0] != 0;
    case OPT_ONLY_FOR:
        o->only_for = value;
        return value[0] != 0;
    case OPT_AS_TYPE:
        o->as_type = value;
        return value[0] != 0;
    case OPT_MAP:
        o->mapping = value;
        return value[0] != 0;
    case OPT_DRY_RUN:
        return o->dry_run = true;
    case OPT_INTO:
        o->into = value;
        return value[0] != 0;
    case OPT_AS_OF:
        return date_parse(str_from(value), &o->as_of);
    case OPT_JOBS:
        fine = parse_count(value, JOBS_MAX, &count) && count > 0;
        o->jobs = (unsigned)count;
        return fine;
    case OPT_PORT:
        fine = parse_count(value, PORT_MAX, &count);
        o->port = (unsigned)count;
        return fine;
    case OPT_MAX:
        fine = parse_count(value, SHOWN_MAX, &count);
        o->max = count;
        return fine;
    case OPT_AUDIENCE:
        if (o->audience_count < AUDIENCES_MAX)
            o->audiences[o->audience_count++] = value;
        return value[0] != 0 && o->audience_count < AUDIENCES_MAX;
    case OPT_QUIET:
        return o->quiet = true;
    case OPT_VERBOSE:
        return o->verbose = true;
    case OPT_HELP:
        return o->help = true;
    default:
        return id >= OPT_KEY && id <= OPT_PASSPHRASE_FD ? set_sign(&o->sign, id, value)
                                                        : set_query(o, id, value);
    }
}

static const struct option_row *row_of(const struct command *c, const char *word,
                                       const char **value)
{
    size_t n = strcspn(word + 2, "=");
    for (size_t i = 0; i < OPTION_COUNT; i++) {
        const struct option_row *row = &option_row[i];
        if (!command_takes(c, row->letter))
            continue;
        if (word[1] != '-' && row->has_short && word[1] == row->letter) {
            *value = word[2] ? word + 2 : NULL;
            return row;
        }
        if (word[1] == '-' && strlen(row->name) == n && strncmp(word + 2, row->name, n) == 0) {
            *value = word[2 + n] == '=' ? word + 3 + n : NULL;
            return row;
        }
    }
    return NULL;
}

static bool unknown_option(const struct command *c, const char *word)
{
    struct option_view views[OPTION_COUNT];
    size_t count = options_of(c, views, OPTION_COUNT), length = strcspn(word, "=");
    struct nearest n = nearest_to((str){word + strspn(word, "-"), length - strspn(word, "-")});
    for (size_t i = 0; i < count && word[1] == '-'; i++)
        nearest_offer(&n, str_from(views[i].name));
    fprintf(stderr, "continuo %s: unknown option '%s'", c->name, word);
    if (n.best.n != 0)
        fprintf(stderr, "; did you mean '--" STR_FMT "'?", STR_ARG(n.best));
    fprintf(stderr, "\nusage: continuo %s %s\nSee 'continuo %s --help'.\n", c->name, c->usage,
            c->name);
    return false;
}

static bool usage_error(const struct command *c, const char *what, const char *word)
{
    fprintf(stderr, "continuo %s: %s '%s'\nusage: continuo %s %s\nSee 'continuo %s --help'.\n",
            c->name, what, word, c->name, c->usage, c->name);
    return false;
}

static bool unusable(const struct command *c, const struct option_row *row, const char *value)
{
    fprintf(stderr, "continuo %s: this value cannot be used: '%s'\n--%s takes %s: %s\n", c->name,
            value, row->name, row->value != NULL ? row->value : "none", row->help);
    fprintf(stderr, "See 'continuo %s --help'.\n", c->name);
    return false;
}

/* The day that reproducible builds ask for, where no option names one. */
static bool take_epoch(struct options *o, const struct command *c)
{
    enum { SECONDS_PER_DAY = 86400 };
    const char *epoch = getenv("SOURCE_DATE_EPOCH");
    date last;
    if (epoch == NULL || o->as_of != DATE_NONE || !command_takes(c, 'A'))
        return true;
    char *end;
    long long seconds = strtoll(epoch, &end, 10);
    bool fine = date_parse(S("2199-12-31"), &last) && end != epoch && *end == 0 && seconds >= 0 &&
                seconds / SECONDS_PER_DAY <= last;
    if (!fine) {
        fprintf(stderr, "continuo: SOURCE_DATE_EPOCH '%s' is no number of seconds\n", epoch);
        return false;
    }
    o->as_of = (date)(seconds / SECONDS_PER_DAY);
    return true;
}

bool options_sign(const struct options *o)
{
    return o->sign.key || o->sign.p12 || o->sign.pkcs11;
}

/* One key, and whatever belongs to it. */
static bool sign_is_whole(const struct options *o, const struct command *c)
{
    const struct sign_request *r = &o->sign;
    if ((r->key != NULL) + (r->p12 != NULL) + (r->pkcs11 != NULL) > 1)
        return usage_error(c, "one key is enough:", "--key, --p12, --pkcs11");
    if (r->key && !r->cert)
        return usage_error(c, "--key needs", "--cert");
    if (r->p12 && r->cert)
        return usage_error(c, "--p12 holds its own", "--cert");
    if (!options_sign(o) && (r->cert || r->chain || r->tsa || r->passphrase_fd >= 0))
        return usage_error(c, "nothing is signed without", "--key, --p12 or --pkcs11");
    return true;
}

bool options_parse(struct options *o, const struct command *c, int argc, char **argv)
{
    static const char *arguments[WORDS_MAX];
    o->arguments = arguments;
    for (int i = 0; i < argc; i++) {
        const char *word = argv[i], *value = NULL;
        if (word[0] != '-' || word[1] == 0) {
            if (o->argument_count == c->words_max)
                return usage_error(c, "too many words at", word);
            arguments[o->argument_count++] = word;
            continue;
        }
        const struct option_row *row = row_of(c, word, &value);
        if (row == NULL)
            return unknown_option(c, word);
        if (row->value == NULL && value != NULL)
            return usage_error(c, "this option takes no value:", word);
        if (row->value != NULL && value == NULL &&
            (value = i + 1 < argc ? argv[++i] : NULL) == NULL)
            return usage_error(c, "a value is missing after", word);
        if (!set_option(o, row->id, value))
            return unusable(c, row, value);
    }
    return o->help || (sign_is_whole(o, c) && take_epoch(o, c));
}

size_t options_of(const struct command *c, struct option_view *views, size_t max)
{
    size_t count = 0;
    for (size_t i = 0; i < OPTION_COUNT && count < max; i++) {
        const struct option_row *row = &option_row[i];
        if (command_takes(c, row->letter))
            views[count++] = (struct option_view){.short_name = row->has_short ? row->letter : 0,
                                                  .name = row->name,
                                                  .value = row->value,
                                                  .help = row->help};
    }
    return count;
}

const struct command *command_find(const struct options *o, const char *name)
{
    for (size_t i = 0; i < o->command_count; i++)
        if (strcmp(o->commands[i].name, name) == 0)
            return &o->commands[i];
    return NULL;
}

void options_help(const struct command *c)
{
    str about = manual_of(c).about;
    struct option_view views[OPTION_COUNT];
    size_t count = options_of(c, views, OPTION_COUNT);
    printf("usage: continuo %s %s\n\n%s\n", c->name, c->usage, c->summary);
    if (about.n != 0)
        printf("\n" STR_FMT "\n", STR_ARG(about));
    fputs("\noptions:\n", stdout);
    for (size_t i = 0; i < count; i++) {
        const struct option_view *v = &views[i];
        char left[64];
        snprintf(left, sizeof left, "%c%c%s--%s%s%s", v->short_name ? '-' : ' ',
                 v->short_name ? v->short_name : ' ', v->short_name ? ", " : "  ", v->name,
                 v->value ? " " : "", v->value ? v->value : "");
        printf("  %-32s %s\n", left, v->help);
    }
    printf("\nexamples:\n%s", c->examples);
}

/* cli/cmd_manual: manual pages, from the table of commands. */
#include "cli/manual.h"

#include <stdio.h>
#include <string.h>

#include "cli/nearest.h"

#define MANUAL_DAY "November 26, 2026" /* when the commands changed last */

enum { OPTIONS_MAX = 64 };

/* -- roff ------------------------------------------------------------------------------------- */

/* Signs that roff obeys, and those that it would draw as others. */
static void put_char(char c)
{
    static const char special[] = "\\~^`'\"";
    static const char *const name[] = {"\\e", "\\(ti", "\\(ha", "\\(ga", "\\(aq", "\\(dq"};
    const char *at = c != 0 ? strchr(special, c) : NULL;
    if (at != NULL)
        fputs(name[at - special], stdout);
    else
        putchar(c);
}

/* The three dots that people read are ASCII in a manual. */
static void put_words(str text)
{
    for (size_t i = 0; i < text.n; i++) {
        if (str_starts(str_skip(text, i), S("…"))) {
            fputs("...", stdout);
            i += S("…").n - 1;
        } else {
            put_char(text.p[i]);
        }
    }
}

/* A line of text of its own; what would begin a request is guarded. */
static void put_line(str line)
{
    if (line.n != 0 && (line.p[0] == '.' || line.p[0] == '\''))
        fputs("\\&", stdout);
    put_words(line);
    putchar('\n');
}

/* The same with line ends inside as blanks. */
static void put_text_line(str text)
{
    char line[256];
    size_t n = 0;
    for (size_t i = 0; i < text.n && n < sizeof line; i++)
        line[n++] = text.p[i] == '\n' ? ' ' : text.p[i];
    put_line((str){line, n});
}

static bool ends_sentence(str word)
{
    return str_ends(word, S(".")) || str_ends(word, S("?"));
}

/* Every sentence begins a line, as roff likes it, and no line is long. */
static void put_prose(str text)
{
    enum { LINE_BYTES_MAX = 72 };
    size_t from = 0, end = 0;
    while (end < text.n) {
        size_t word = end;
        while (word < text.n && ascii_is_space(text.p[word]))
            word++;
        size_t next = word;
        while (next < text.n && !ascii_is_space(text.p[next]))
            next++;
        bool is_new = end != from &&
                      (next - from > LINE_BYTES_MAX || ends_sentence(str_from_to(text, from, end)));
        if (is_new)
            put_text_line(str_from_to(text, from, end));
        from = is_new || end == from ? word : from;
        end = next;
    }
    if (end != from)
        put_text_line(str_from_to(text, from, end));
}

static void put_argument(const char *words)
{
    fputs(" \"", stdout);
    put_words(str_from(words));
    putchar('"');
}

/* -- Parts of a page -------------------------------------------------------------------------- */

static void put_head(const char *name)
{
    printf(".Dd " MANUAL_DAY "\n.Dt ");
    for (const char *c = name; *c != 0; c++)
        putchar(*c >= 'a' && *c <= 'z' ? *c - 'a' + 'A' : *c);
    printf(" 1\n.Os\n.Sh NAME\n.Nm %s\n.Nd ", name);
}

/* As a name section has it: without a full stop and a capital. */
static void put_summary(const char *summary)
{
    str text = str_from(summary);
    text.n -= str_ends(text, S("."));
    putchar(ascii_lower(text.p[0]));
    put_line(str_skip(text, 1));
}

static void put_options(const struct command *c)
{
    struct option_view views[OPTIONS_MAX];
    size_t count = options_of(c, views, OPTIONS_MAX);
    puts(".Bl -tag -width Ds");
    for (size_t i = 0; i < count; i++) {
        const struct option_view *v = &views[i];
        fputs(".It", stdout);
        if (v->short_name != 0)
            printf(" Fl %c ,", v->short_name);
        printf(" Fl Fl %s", v->name);
        if (v->value != NULL) {
            fputs(" Ar", stdout);
            put_argument(v->value);
        }
        putchar('\n');
        put_prose(str_from(v->help));
    }
    puts(".El");
}

static void put_examples(const char *examples)
{
    puts(".Sh EXAMPLES\n.Bd -literal");
    for (str line, rest = str_from(examples); str_line(&rest, &line);)
        put_line(str_starts(line, S("  ")) ? str_skip(line, 2) : line);
    puts(".Ed");
}

static void put_status(void)
{
    puts(".Sh EXIT STATUS\n"
         ".Bl -tag -width Ds -compact\n"
         ".It 0\nFine.\n"
         ".It 1\nThe content has errors.\n"
         ".It 2\nThe command line cannot be understood.\n"
         ".It 3\nThe machine: disk, permissions, memory.\n"
         ".It 4\nAn archive is not what was published.\n"
         ".It 130\nInterrupted.\n"
         ".El");
}

/* -- Pages ------------------------------------------------------------------------------------ */

static void put_command(const struct command *c)
{
    char name[64];
    snprintf(name, sizeof name, "continuo-%s", c->name);
    str about = manual_of(c).about;
    put_head(name);
    put_summary(c->summary);
    printf(".Sh SYNOPSIS\n.Nm continuo %s\n", c->name);
    fputs(".Ar", stdout);
    put_argument(c->usage);
    puts("\n.Sh DESCRIPTION");
    put_prose(str_from(c->summary));
    if (about.n != 0)
        puts(".Pp");
    put_prose(about);
    puts(".Pp\nThe options are as follows:");
    put_options(c);
    put_status();
    put_examples(c->examples);
    puts(".Sh SEE ALSO\n.Xr continuo 1");
}

static void put_all(const struct options *o)
{
    put_head("continuo");
    puts("compiles plans and records into a business continuity management system\n"
         ".Sh SYNOPSIS\n.Nm\n.Ar command\n.Op Ar option ...\n.Op Ar word ...\n"
         ".Sh DESCRIPTION");
    put_prose(S("Compiles a folder of Markdown documents and YAML or CSV records into a portal for "
                "each audience, signed PDF plans, registers, maps and an archive of frozen "
                "editions. Results go to the standard output, messages to the standard error, and "
                "progress to a terminal only."));
    puts(".Pp\nThe commands are as follows; each has a manual page of its own.\n"
         ".Bl -tag -width Ds");
    for (size_t i = 0; i < o->command_count; i++) {
        printf(".It Cm %s\n", o->commands[i].name);
        put_prose(str_from(o->commands[i].summary));
    }
    puts(".El\n"
         ".Sh ENVIRONMENT\n.Bl -tag -width Ds\n"
         ".It Ev SOURCE_DATE_EPOCH\nThe day as of which everything is judged, where no option "
         "names one.\n"
         ".It Ev NO_COLOR\nWhen it is set and not empty, messages have no colours.\n"
         ".El\n"
         ".Sh FILES\n.Bl -tag -width Ds\n"
         ".It Pa content/continuo.yaml\nThe settings of a workspace.\n"
         ".It Pa content/documents/\nDocuments: YAML front matter and Markdown.\n"
         ".It Pa content/records/\nRecords: YAML or CSV, a file or a folder for each type.\n"
         ".It Pa site/\nWhat is made of them.\n"
         ".El");
    put_status();
    fputs(".Sh SEE ALSO\n", stdout);
    for (size_t i = 0; i < o->command_count; i++)
        printf(".Xr continuo-%s 1%s\n", o->commands[i].name, i + 1 < o->command_count ? " ," : "");
}

int cmd_manual(const struct options *o)
{
    const struct command *c = o->argument_count != 0 ? command_find(o, o->arguments[0]) : NULL;
    if (c != NULL) {
        put_command(c);
        return EXIT_OK;
    }
    if (o->argument_count == 0) {
        put_all(o);
        return EXIT_OK;
    }
    struct nearest n = nearest_to(str_from(o->arguments[0]));
    for (size_t i = 0; i < o->command_count; i++)
        nearest_offer(&n, str_from(o->commands[i].name));
    fprintf(stderr, "continuo manual: there is no command '%s'", o->arguments[0]);
    nearest_say(&n, stderr);
    fputc('\n', stderr);
    return EXIT_USAGE;
}

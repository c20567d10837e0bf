/* main: the command table, nothing else. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/streams.h"
#include "cli/cli.h"
#include "cli/nearest.h"

static const struct command command[] = {
    {"approve", "CODE --as ROLE [--note TEXT] [--key FILE --cert FILE] [-C DIR] [--as-of DATE]",
     "Records that a role approves a document: its version, text and embedded files.", "CRFMS", 1,
     "  continuo approve BCP-001 --as ROL-002 --note 'read in full, times checked'\n"
     "  continuo approve POL-001 --as ROL-001 --as-of 2026-02-24 --paper 'vault, folder 12'\n",
     cmd_approve},
    {"binder", "[ID...] [--audience ID] [--copy N,N|all] [--for ID,ID] [--since EDITION|FILE]",
     "Prints crisis binders: masters, numbered copies (of documents, too), pages to exchange.",
     "CoAUFMIjS", WORDS_MAX,
     "  continuo binder --audience crisis              every binder, into binder/\n"
     "  continuo binder BND-001 --audience crisis --copy all --edition 2026.2\n"
     "  continuo binder BND-001 --audience crisis --copy 5 --since 2026.1 --edition 2026.2\n"
     "  continuo binder POL-001 --audience staff --copy all --edition 2026.2\n"
     "  continuo binder BND-001 --audience crisis --for SIT-002,TEA-004 --into tarnwick\n"
     "  continuo binder --audience crisis --copy all --edition 2026.2 --p12 control.p12\n",
     cmd_binder},
    {"build", "[-C DIR] [-o DIR] [-j N] [--as-of DATE] [--audience ID] [--since EDITION]",
     "Compiles content/ into DIR/AUDIENCE/draft: portal, PDFs, maps, registers, data.",
     "CojAOFMUB", 0,
     "  continuo build                 the workspace of this folder, into site/\n"
     "  continuo build -C ~/bcms -o /media/usb/portal\n"
     "  continuo build --as-of 2026-06-30\n"
     "  continuo build --audience staff  that copy alone, checked as its readers see it\n",
     cmd_build},
    {"check", "[-C DIR] [--as-of DATE] [--format text|json|sarif] [--max N] [--rules IDS]",
     "Reads everything and prints what is wrong, at its place, with the way out.", "CAFMjE", 0,
     "  continuo check\n"
     "  continuo check --rules DP,BI3  what can be back in time, and one more check\n"
     "  continuo check --format sarif > findings.sarif\n",
     cmd_check},
    {"completion", "bash|zsh|fish",
     "Prints what a shell must know to complete commands, options, ids and words.", "", 1,
     "  continuo completion bash > ~/.local/share/bash-completion/completions/continuo\n"
     "  continuo completion zsh > ~/.zfunc/_continuo\n"
     "  continuo completion fish > ~/.config/fish/completions/continuo.fish\n",
     cmd_completion},
    {"diff", "A B [--audience ID] [--format text|json] [-C DIR] [-o DIR]",
     "Tells what changed from edition A to edition B; 'draft' is the content as it is now.",
     "CoAGUM", 2,
     "  continuo diff 2026.1 draft     what the next edition will change\n"
     "  continuo diff 2026.1 2026.2 --audience audit\n"
     "  continuo diff site/staff/2026.1 /media/usb/staff/2026.2\n",
     cmd_diff},
    {"doctor", "[-C DIR] [-o DIR] [--key FILE --cert FILE] [--as-of DATE]",
     "Tells whether everything is there that continuo needs: libraries, fonts, folders, keys.",
     "CoAS", 0,
     "  continuo doctor\n"
     "  continuo doctor -C ~/bcms -o /media/usb\n"
     "  continuo doctor --p12 control.p12 --as-of 2027-01-01   can it sign on that day\n",
     cmd_doctor},
    {"due", "[--within TIME] [--owner ID] [--kind WORD] [--format text|json|csv|ics] [-C DIR]",
     "Tells what is overdue and what falls due, by whom, or prints it as a calendar file.", "CAUQ",
     0,
     "  continuo due                   overdue, and all of the next 12 months\n"
     "  continuo due --within 60d --owner ROL-003\n"
     "  continuo due --kind exercise,exercise-report --format csv > exercises.csv\n"
     "  continuo due --owner PER-010 --format ics > mine.ics\n",
     cmd_due},
    {"evidence", "[--clause NUMBER] [--audience ID] [--pack DIR --key FILE --cert FILE] [-C DIR]",
     "Tells what shows that each clause is met, how new that is, and what is missing.",
     "CAUNGMSj", 0,
     "  continuo evidence              a line for each clause\n"
     "  continuo evidence --clause 8.4   its documents and records, and of those below it\n"
     "  continuo evidence --format json > evidence.json\n"
     "  continuo evidence --pack audit-2026 --audience audit --key control.pem --cert cert.pem\n"
     "  continuo evidence --pack /media/usb/due-diligence --audience staff --p12 control.p12\n",
     cmd_evidence},
    {"explain", "[ID...]", "Tells why a rule matters, which clause asks for it and how to mend it.",
     "", WORDS_MAX,
     "  continuo explain X1            one rule\n"
     "  continuo explain DC            a family of them\n"
     "  continuo explain               all of them\n",
     cmd_explain},
    {"import", "PATH [--to DIR] [--as TYPE [--map COLUMN=FIELD,...]] [--dry-run] [-C DIR]",
     "Takes over existing Markdown as documents, or a table (CSV) as records.", "CiAG", 1,
     "  continuo import ~/handbook --dry-run        what would become of each file\n"
     "  continuo import ~/handbook --to handbook    into content/documents/handbook\n"
     "  continuo import vendors.csv --as supplier --map 'Vendor name=title,Phone=contact_24h'\n"
     "  continuo import ~/handbook --format json    the report as data\n",
     cmd_import},
    {"init", "[DIR] [--name NAME] [--minimal] [--as-of DATE]",
     "Makes a new workspace that passes check and builds at once.", "JA", 1,
     "  continuo init bcms --name 'Harbour Mutual'\n"
     "  continuo init --minimal          in this folder, only what nobody can do without\n",
     cmd_init},
    {"list", "[TYPE|LIST] [--where FIELD=VALUE] [--columns FIELD,…] [--sort FIELD] [--audience ID]",
     "Prints records of a type, or one of the lists of the portal; without a word, what there is.",
     "CAUYM", 1,
     "  continuo list                    every type and list, with how many there are\n"
     "  continuo list supplier --where critical=yes --columns id,title,contact_24h\n"
     "  continuo list action --where 'due<2026-07-01' --where status!=closed --sort due\n"
     "  continuo list plan --columns id,title,owner.holder --format csv > plans.csv\n"
     "  continuo list priorities --format json\n",
     cmd_list},
    {"manual", "[COMMAND]", "Prints a manual page, for man(1).", "", 1,
     "  continuo manual list > continuo-list.1\n"
     "  continuo manual check | man -l -\n",
     cmd_manual},
    {"new", "TYPE [ID] [TITLE…] [--set FIELD=VALUE] [-C DIR] [--as-of DATE] [--list]",
     "Makes a record or document from a skeleton: next free id, right place, every field.", "CXA",
     WORDS_MAX,
     "  continuo new --list              what can be made\n"
     "  continuo new supplier Northgate Data Centres\n"
     "  continuo new action AC-120 'Second line to the ferry office' --set owner=ROL-004\n"
     "  continuo new contingency-plan Claims system\n",
     cmd_new},
    {"publish", "EDITION --key FILE --cert FILE [-C DIR] [-o DIR] [--as-of DATE] [--tsa URL]",
     "Freezes, signs and puts into force an edition for every audience, or none of it.",
     "CojAFMSW", 1,
     "  continuo publish 2026.2 --key control.pem --cert control-cert.pem\n"
     "  continuo publish 2026.2 --p12 control.p12 --tsa http://tsa.example/\n",
     cmd_publish},
    {"render", "FILE [--data FILE] [--to html|md|text|pdf] [-o FILE] [--key FILE --cert FILE]",
     "Renders one Markdown or Mustache file without a workspace, to stdout or to -o FILE.",
     "oDTAFMS", 1,
     "  continuo render plan.md > plan.html\n"
     "  continuo render plan.md --to pdf -o plan.pdf\n"
     "  continuo render letter.md --data names.yaml --to md\n"
     "  continuo render plan.md --to pdf -o plan.pdf --as-of 2026-06-30 --key k.pem --cert c.pem\n",
     cmd_render},
    {"review", "REVIEW [--key FILE --cert FILE] [-C DIR] [--as-of DATE]",
     "Freezes what was put before a management review that was held.", "CAFMS", 1,
     "  continuo review MRV-003        its pack, as things stood on the day of the meeting\n"
     "  continuo review MRV-003 --as-of 2027-01-20 --key control.pem --cert control-cert.pem\n",
     cmd_review},
    {"schema", "[TYPE] [--out DIR] [-C DIR]",
     "Prints JSON Schema by which editors check and complete records and front matter.", "CPA", 1,
     "  continuo schema --out .schema    one file a type, with how to point an editor at them\n"
     "  continuo schema supplier > supplier.json\n"
     "  continuo schema workspace        of content/continuo.yaml\n",
     cmd_schema},
    {"serve", "[-C DIR] [--port N] [--audience ID] [--as-of DATE] [-j N]",
     "Shows the working draft in a browser on this machine, new after each save.", "CZAj", 0,
     "  continuo serve                 then open the address it prints; Ctrl-C ends it\n"
     "  continuo serve --port 0 --audience staff\n"
     "For the author alone: it compares with no edition, and PDFs are made when they are opened.\n",
     cmd_serve},
    {"server-config", "nginx|apache [-C DIR] [-o FILE]",
     "Prints what a web server must be told to keep the audiences apart.", "CoFM", 1,
     "  continuo server-config nginx > continuo.conf\n"
     "  continuo server-config apache -o /etc/apache2/continuo.conf\n",
     cmd_server_config},
    {"show", "ID [--format text|json|md] [--audience ID] [-C DIR] [--as-of DATE]",
     "Tells all of one record: its fields, who refers to it, what was found, what is due.", "CAUHM",
     1,
     "  continuo show SUP-004\n"
     "  continuo show BCP-001 --format json\n"
     "  continuo show ACT-001 --audience staff --format md\n",
     cmd_show},
    {"verify", "[PATH] [--trust FILE] [--state FILE] [--expect CHECKPOINT] [--format text|json]",
     "Judges an archive: a whole site, one audience's folder or one edition (default: site).",
     "VAGM", 1,
     "  continuo verify --trust certificates.pem\n"
     "  continuo verify /media/usb/staff --trust certificates.pem\n"
     "  continuo verify --state ~/.continuo-seen --expect 2026.2:0f3a9c0011223344\n",
     cmd_verify},
    {"what-if", "--lose ID[,ID...] [-C DIR] [--as-of DATE] [--format text|json]",
     "Tells what a loss stops and when, what is back in time, which plans answer, whom to call.",
     "CALGM", WORDS_MAX,
     "  continuo what-if --lose SIT-001\n"
     "  continuo what-if --lose SUP-004,RES-007 --format json\n"
     "  continuo what-if --lose SCN-002   all that a scenario affects\n",
     cmd_what_if},
};
enum { COMMAND_COUNT = COUNT_OF(command) };

static void print_help(FILE *out)
{
    fputs("usage: continuo COMMAND [OPTION...] [WORD...]\n\n"
          "Compiles Markdown plans and YAML/CSV records into a business continuity\n"
          "management system: portal, PDFs, maps, registers.\n\ncommands:\n",
          out);
    for (size_t i = 0; i < COMMAND_COUNT; i++)
        fprintf(out, "  %-13s %s\n", command[i].name, command[i].summary);
    fputs("\n'continuo COMMAND --help' tells more; 'continuo --version' which one it is.\n"
          "Exit status: 0 fine, 1 the content has errors, 2 usage, 3 the machine (disk,\n"
          "permissions, memory), 4 not verified, 130 interrupted.\n"
          "Whatever ends a command leaves the output before it whole; run it again.\n",
          out);
}

static int unknown_command(const char *word)
{
    struct nearest n = nearest_to(str_from(word));
    for (size_t i = 0; i < COMMAND_COUNT; i++)
        nearest_offer(&n, str_from(command[i].name));
    fprintf(stderr, "continuo: unknown command '%s'", word);
    nearest_say(&n, stderr);
    fputs("\n'continuo --help' lists them\n", stderr);
    return EXIT_USAGE;
}

static int run(int argc, char **argv)
{
    struct options o = {.workspace = ".",
                        .output = NULL,
                        .program = argv[0],
                        .as_of = DATE_NONE,
                        .within = DURATION_NONE,
                        .max = 200,
                        .port = 8022,
                        .color = -1,
                        .commands = command,
                        .command_count = COMMAND_COUNT,
                        .sign = {.passphrase_fd = -1}};
    const char *word = argc < 2 ? "" : argv[1];
    bool asks = strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0 || strcmp(word, "help") == 0;
    if (argc < 2 || (asks && argc == 2)) {
        print_help(argc < 2 ? stderr : stdout);
        return argc < 2 ? EXIT_USAGE : EXIT_OK;
    }
    if (strcmp(word, "--version") == 0) {
        puts(CONTINUO_TOOL);
        return EXIT_OK;
    }
    const struct command *c = command_find(&o, asks ? argv[2] : word);
    if (c == NULL)
        return unknown_command(asks ? argv[2] : word);
    if (!asks && !options_parse(&o, c, argc - 2, argv + 2))
        return EXIT_USAGE;
    if (asks || o.help) {
        options_help(c);
        return EXIT_OK;
    }
    return c->run(&o);
}

int main(int argc, char **argv)
{
    streams_open();
    return streams_close(run(argc, argv));
}

/* cli/cmd_completion: what shells must know to complete a command line.
 *
 * All three scripts say the same: the commands; of each its options and what their values are, and
 * what its words are. Ids are asked for when they are wanted (`continuo list --ids`), everything
 * else stands in the script. Values are shown by what the options call them: FILE and DIR are
 * looked for on the disk, ID and ROLE among the ids, a|b|c is one of these. */
#include "cli/manual.h"

#include <stdio.h>
#include <string.h>

#include "check/rules.h"
#include "cli/skeleton.h"
#include "form/table/lists.h"

enum { OPTIONS_MAX = 64, MEMORY_BYTES_MAX = 16 * 1024 * 1024 };

struct completing {
    struct arena *arena;
    const struct options *options;
    str types, kinds, rules, commands; /* words with blanks between them */
    struct buf out;
};

/* What a value or a word is completed from. */
enum source { FROM_NOWHERE, FROM_FILES, FROM_FOLDERS, FROM_IDS, FROM_WORDS };
struct values {
    enum source source;
    str words; /* FROM_WORDS: with blanks; FROM_IDS: the type, or empty */
};

/* -- Words that do not depend on a workspace --------------------------------------------------- */

static void add_word(struct buf *out, str word)
{
    buf_fmt(out, "%s" STR_FMT, out->n == 0 ? "" : " ", STR_ARG(word));
}

static void collect(struct completing *v)
{
    struct buf types = buf_in(v->arena, 1024), kinds = buf_in(v->arena, 1024),
               rules = buf_in(v->arena, 1024), commands = buf_in(v->arena, 1024);
    const struct schema *s = schema_new(v->arena);
    for (size_t i = 0; i < skeleton_count(); i++)
        add_word(&kinds, skeleton_at(i)->name);
    for (size_t i = 0; i < s->type_count; i++) {
        const struct type_def *t = s->types[i];
        if (t->is_part || t->number == TYPE_COMMON || t->number == TYPE_WORKSPACE)
            continue;
        add_word(&types, t->key);
        if (t->number != TYPE_DOCUMENT)
            add_word(&kinds, t->key);
    }
    for (size_t i = 0; i < list_count(); i++)
        add_word(&types, list_at(i)->name);
    for (int f = 0; f < CHECK_FAMILY_COUNT; f++)
        add_word(&rules, str_from(check_family[f].letters));
    for (size_t i = 0; i < CHECK_RULE_COUNT; i++)
        add_word(&rules, str_from(check_rule[i].id));
    for (size_t i = 0; i < v->options->command_count; i++)
        add_word(&commands, str_from(v->options->commands[i].name));
    v->types = buf_str(&types);
    v->kinds = buf_str(&kinds);
    v->rules = buf_str(&rules);
    v->commands = buf_str(&commands);
}

/* "text|json" is two words; "N,N|all" and "EDITION|FILE" are names of what belongs there. */
static bool is_choice(str value)
{
    for (size_t i = 0; i < value.n; i++)
        if (value.p[i] >= 'A' && value.p[i] <= 'Z')
            return false;
    return true;
}

static str with_blanks(struct arena *a, str value)
{
    char *copy = str_c(a, value);
    for (size_t i = 0; i < value.n; i++)
        if (copy[i] == '|')
            copy[i] = ' ';
    return (str){copy, value.n};
}

static struct values values_of(const struct completing *v, const struct option_view *option)
{
    str value = str_from(option->value);
    if (strcmp(option->name, "audience") == 0)
        return (struct values){FROM_NOWHERE, {0}}; /* its ids are those of no record */
    if (str_eq(value, S("IDS")))
        return (struct values){FROM_WORDS, v->rules};
    if (is_choice(value))
        return (struct values){FROM_WORDS, with_blanks(v->arena, value)};
    if (str_ends(value, S("FILE")))
        return (struct values){FROM_FILES, {0}};
    if (str_eq(value, S("DIR")))
        return (struct values){FROM_FOLDERS, {0}};
    if (str_eq(value, S("ROLE")))
        return (struct values){FROM_IDS, S("role")};
    if (str_eq(value, S("ID,ID")) || str_eq(value, S("ID")))
        return (struct values){FROM_IDS, {0}};
    return (struct values){FROM_NOWHERE, {0}};
}

static struct values words_of(const struct completing *v, const struct command *c)
{
    str words = manual_of(c).words, kind, rest = str_cut(words, ' ', &kind);
    if (str_eq(kind, S("ids")))
        return (struct values){FROM_IDS, rest};
    if (str_eq(kind, S("=")))
        return (struct values){FROM_WORDS, rest};
    if (str_eq(kind, S("types")))
        return (struct values){FROM_WORDS, v->types};
    if (str_eq(kind, S("kinds")))
        return (struct values){FROM_WORDS, v->kinds};
    if (str_eq(kind, S("rules")))
        return (struct values){FROM_WORDS, v->rules};
    if (str_eq(kind, S("commands")))
        return (struct values){FROM_WORDS, v->commands};
    if (str_eq(kind, S("files")))
        return (struct values){FROM_FILES, {0}};
    if (str_eq(kind, S("folders")))
        return (struct values){FROM_FOLDERS, {0}};
    return (struct values){FROM_NOWHERE, {0}};
}

/* -- bash ------------------------------------------------------------------------------------- */

static void bash_values(struct completing *v, struct values values)
{
    static const char *const call[] = {
        [FROM_NOWHERE] = ":",
        [FROM_FILES] = "mapfile -t COMPREPLY < <(compgen -f -- \"$word\"); compopt -o filenames",
        [FROM_FOLDERS] = "mapfile -t COMPREPLY < <(compgen -d -- \"$word\"); compopt -o filenames"};
    if (values.source == FROM_WORDS)
        buf_fmt(&v->out, "_continuo_words '" STR_FMT "'", STR_ARG(values.words));
    else if (values.source == FROM_IDS)
        buf_fmt(&v->out, "_continuo_ids " STR_FMT, STR_ARG(values.words));
    else
        buf_fmt(&v->out, "%s", call[values.source]);
    buf_lit(&v->out, " ;;\n");
}

static void bash_option_words(struct completing *v, const struct command *c)
{
    struct option_view views[OPTIONS_MAX];
    size_t count = options_of(c, views, OPTIONS_MAX);
    buf_fmt(&v->out, "    %s) _continuo_words '", c->name);
    for (size_t i = 0; i < count; i++)
        buf_fmt(&v->out, "%s--%s", i == 0 ? "" : " ", views[i].name);
    buf_lit(&v->out, "' ;;\n");
}

static void bash_option_values(struct completing *v, const struct command *c)
{
    struct option_view views[OPTIONS_MAX];
    size_t count = options_of(c, views, OPTIONS_MAX);
    for (size_t i = 0; i < count; i++) {
        if (views[i].value == NULL)
            continue;
        buf_fmt(&v->out, "    %s:--%s", c->name, views[i].name);
        if (views[i].short_name != 0)
            buf_fmt(&v->out, "|%s:-%c", c->name, views[i].short_name);
        buf_lit(&v->out, ") ");
        bash_values(v, values_of(v, &views[i]));
    }
}

static void put_bash(struct completing *v)
{
    const struct options *o = v->options;
    buf_lit(&v->out,
            "# bash completion of continuo; `continuo completion bash` writes it.\n"
            "_continuo_words() { mapfile -t COMPREPLY < <(compgen -W \"$1\" -- \"$word\"); }\n"
            "_continuo_ids() {\n"
            "    _continuo_words \"$(\"$program\" list --ids -C \"$folder\" $1 2>/dev/null | cut "
            "-f1)\"\n"
            "}\n"
            "_continuo() {\n"
            "    local program=\"$1\" word=\"$2\" last=\"$3\" command= folder=. i\n"
            "    COMPREPLY=()\n"
            "    for ((i = 1; i < COMP_CWORD; i++)); do\n"
            "        case ${COMP_WORDS[i]} in\n"
            "        -C|--workspace) folder=${COMP_WORDS[i + 1]:-.} ;;\n"
            "        -*) ;;\n"
            "        *) command=${command:-${COMP_WORDS[i]}} ;;\n"
            "        esac\n"
            "    done\n"
            "    case $command:$last in\n");
    buf_fmt(&v->out, "    :*) _continuo_words 'help --help --version " STR_FMT "'; return ;;\n",
            STR_ARG(v->commands));
    buf_fmt(&v->out, "    help:*) _continuo_words '" STR_FMT "'; return ;;\n",
            STR_ARG(v->commands));
    for (size_t i = 0; i < o->command_count; i++)
        bash_option_values(v, &o->commands[i]);
    buf_lit(&v->out, "    *) case $word in -*) case $command in\n");
    for (size_t i = 0; i < o->command_count; i++)
        bash_option_words(v, &o->commands[i]);
    buf_lit(&v->out, "    esac ;;\n    *) case $command in\n");
    for (size_t i = 0; i < o->command_count; i++) {
        buf_fmt(&v->out, "    %s) ", o->commands[i].name);
        bash_values(v, words_of(v, &o->commands[i]));
    }
    buf_lit(&v->out, "    esac ;;\n    esac ;;\n    esac\n}\ncomplete -F _continuo continuo\n");
}

/* -- zsh -------------------------------------------------------------------------------------- */

/* Inside '…' of a shell, and where zsh would take ':' '[' ']' for its own. */
static void put_quoted(struct buf *out, str text, bool is_zsh)
{
    for (size_t i = 0; i < text.n; i++) {
        if (text.p[i] == '\'')
            buf_lit(out, "'\\''");
        else if (is_zsh && strchr(":[]", text.p[i]) != NULL)
            buf_fmt(out, "\\%c", text.p[i]);
        else
            buf_char(out, text.p[i]);
    }
}

/* With a blank in front a call is made as it stands, without arguments of zsh's own. */
static void zsh_values(struct completing *v, const char *name, struct values values)
{
    static const char *const call[] = {
        [FROM_NOWHERE] = " ", [FROM_FILES] = "_files", [FROM_FOLDERS] = "_files -/"};
    buf_lit(&v->out, ":");
    put_quoted(&v->out, str_from(name), true);
    buf_lit(&v->out, ":");
    if (values.source == FROM_WORDS)
        buf_fmt(&v->out, "(" STR_FMT ")", STR_ARG(values.words));
    else if (values.source == FROM_IDS)
        buf_fmt(&v->out, " _continuo_ids " STR_FMT, STR_ARG(values.words));
    else
        buf_fmt(&v->out, "%s", call[values.source]);
}

static void zsh_option(struct completing *v, const struct option_view *view)
{
    buf_lit(&v->out, " \\\n        '");
    if (view->short_name != 0)
        buf_fmt(&v->out, "(-%c --%s)'{-%c,--%s}'", view->short_name, view->name, view->short_name,
                view->name);
    else
        buf_fmt(&v->out, "*--%s", view->name);
    buf_char(&v->out, '[');
    put_quoted(&v->out, str_from(view->help), true);
    buf_char(&v->out, ']');
    if (view->value != NULL)
        zsh_values(v, view->value, values_of(v, view));
    buf_char(&v->out, '\'');
}

static void zsh_command(struct completing *v, const struct command *c)
{
    struct option_view views[OPTIONS_MAX];
    size_t count = options_of(c, views, OPTIONS_MAX);
    struct values words = words_of(v, c);
    buf_fmt(&v->out, "    %s) _arguments -s", c->name);
    for (size_t i = 0; i < count; i++)
        zsh_option(v, &views[i]);
    if (words.source != FROM_NOWHERE) {
        buf_lit(&v->out, " \\\n        '*");
        zsh_values(v, "word", words);
        buf_char(&v->out, '\'');
    }
    buf_lit(&v->out, " ;;\n");
}

static void put_zsh(struct completing *v)
{
    const struct options *o = v->options;
    buf_lit(&v->out, "#compdef continuo\n"
                     "# zsh completion of continuo; `continuo completion zsh` writes it.\n"
                     "_continuo_ids() {\n"
                     "    local -a ids\n"
                     "    local folder=${words[${words[(i)-C]}+1]:-.}\n"
                     "    ids=(${(f)\"$(continuo list --ids -C $folder $1 2>/dev/null |"
                     " sed 's/:/\\\\:/g; s/\\t/:/')\"})\n"
                     "    _describe 'id' ids\n"
                     "}\n"
                     "_continuo() {\n"
                     "    local -a commands\n"
                     "    commands=(\n");
    for (size_t i = 0; i < o->command_count; i++) {
        buf_fmt(&v->out, "        '%s:", o->commands[i].name);
        put_quoted(&v->out, str_from(o->commands[i].summary), true);
        buf_lit(&v->out, "'\n");
    }
    buf_lit(&v->out, "    )\n"
                     "    if ((CURRENT == 2)); then\n"
                     "        _describe 'command' commands\n"
                     "        return\n"
                     "    fi\n"
                     "    local command=$words[2]\n"
                     "    shift words\n"
                     "    ((CURRENT--))\n"
                     "    case $command in\n"
                     "    help) _describe 'command' commands ;;\n");
    for (size_t i = 0; i < o->command_count; i++)
        zsh_command(v, &o->commands[i]);
    buf_lit(&v->out, "    esac\n}\n"
                     "if [ \"$funcstack[1]\" = _continuo ]; then\n"
                     "    _continuo \"$@\"\n"
                     "else\n"
                     "    compdef _continuo continuo\n"
                     "fi\n");
}

/* -- fish ------------------------------------------------------------------------------------- */

static void fish_values(struct completing *v, struct values values)
{
    if (values.source == FROM_WORDS)
        buf_fmt(&v->out, " -xa '" STR_FMT "'", STR_ARG(values.words));
    else if (values.source == FROM_IDS)
        buf_fmt(&v->out, " -xa '(__continuo_ids " STR_FMT ")'", STR_ARG(values.words));
    else if (values.source == FROM_FILES)
        buf_lit(&v->out, " -rF");
    else if (values.source == FROM_FOLDERS)
        buf_lit(&v->out, " -xa '(__fish_complete_directories)'");
    else
        buf_lit(&v->out, " -x");
}

static void fish_begin(struct completing *v, const struct command *c)
{
    buf_fmt(&v->out, "complete -c continuo -n '__fish_seen_subcommand_from %s'", c->name);
}

static void fish_command(struct completing *v, const struct command *c)
{
    struct option_view views[OPTIONS_MAX];
    size_t count = options_of(c, views, OPTIONS_MAX);
    struct values words = words_of(v, c);
    buf_fmt(&v->out, "complete -c continuo -n __fish_use_subcommand -xa %s -d '", c->name);
    put_quoted(&v->out, str_from(c->summary), false);
    buf_lit(&v->out, "'\n");
    for (size_t i = 0; i < count; i++) {
        fish_begin(v, c);
        buf_fmt(&v->out, " -l %s", views[i].name);
        if (views[i].short_name != 0)
            buf_fmt(&v->out, " -s %c", views[i].short_name);
        if (views[i].value != NULL)
            fish_values(v, values_of(v, &views[i]));
        buf_lit(&v->out, " -d '");
        put_quoted(&v->out, str_from(views[i].help), false);
        buf_lit(&v->out, "'\n");
    }
    if (words.source == FROM_NOWHERE)
        return;
    fish_begin(v, c);
    fish_values(v, words);
    buf_char(&v->out, '\n');
}

static void put_fish(struct completing *v)
{
    buf_lit(&v->out,
            "# fish completion of continuo; `continuo completion fish` writes it.\n"
            "function __continuo_ids\n"
            "    set -l folder .\n"
            "    set -l words (commandline -opc)\n"
            "    if set -l at (contains -i -- -C $words); and test $at -lt (count $words)\n"
            "        set folder $words[(math $at + 1)]\n"
            "    end\n"
            "    continuo list --ids -C $folder $argv 2>/dev/null\n"
            "end\n"
            "complete -c continuo -f\n");
    for (size_t i = 0; i < v->options->command_count; i++)
        fish_command(v, &v->options->commands[i]);
    buf_fmt(&v->out,
            "complete -c continuo -n '__fish_seen_subcommand_from help' -xa '" STR_FMT "'\n",
            STR_ARG(v->commands));
}

/* -- The command ------------------------------------------------------------------------------ */

int cmd_completion(const struct options *o)
{
    static const struct {
        const char *shell;
        void (*put)(struct completing *v);
    } shell[] = {{"bash", put_bash}, {"zsh", put_zsh}, {"fish", put_fish}};
    const char *word = o->argument_count != 0 ? o->arguments[0] : "";
    struct completing v = {.arena = arena_new("completion", MEMORY_BYTES_MAX), .options = o};
    for (size_t i = 0; i < COUNT_OF(shell); i++) {
        if (strcmp(word, shell[i].shell) != 0)
            continue;
        v.out = buf_in(v.arena, 64 * 1024);
        collect(&v);
        shell[i].put(&v);
        size_t written = fwrite(v.out.p, 1, v.out.n, stdout);
        bool is_whole = written == v.out.n && fflush(stdout) == 0;
        arena_free(v.arena);
        return is_whole ? EXIT_OK : EXIT_MACHINE;
    }
    fputs("continuo completion: name one of bash, zsh, fish\n"
          "See 'continuo completion --help'.\n",
          stderr);
    return EXIT_USAGE;
}

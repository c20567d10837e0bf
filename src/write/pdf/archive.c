/* write/pdf/archive: what an archive asks of a file beyond its pages. */
#include "write/pdf/archive_int.h"

static const char producer[] = "continuo (libharu, HarfBuzz)";

/* Without what XML cannot hold, so that both places say the same. */
static str plain(struct arena *a, str text)
{
    struct buf b = buf_in(a, text.n + 1);
    for (size_t at = 0; at < text.n;) {
        size_t from = at;
        uint32_t c = utf8_next(text, &at);
        if (c >= ' ' && c != 0xFFFE && c != 0xFFFF)
            buf_add(&b, str_from_to(text, from, at));
    }
    return buf_str(&b);
}

struct facts {
    str title, author, subject, language;
    date dated;
};

static void add_string(HPDF_Dict dict, const char *key, const char *text)
{
    HPDF_Dict_Add(dict, key, HPDF_String_New(dict->mmgr, text, NULL));
}

static void write_info(struct pdf_file *f, struct arena *a, const struct facts *facts)
{
    HPDF_Dict info = file_info(f);
    file_add_text(info, "Title", facts->title);
    if (facts->author.n > 0)
        file_add_text(info, "Author", facts->author);
    if (facts->subject.n > 0)
        file_add_text(info, "Subject", facts->subject);
    add_string(info, "Creator", "continuo");
    add_string(info, "Producer", producer);
    if (facts->dated == DATE_NONE)
        return;
    struct ymd day = date_ymd(facts->dated);
    const char *moment =
        str_c(a, str_fmt(a, "D:%04d%02d%02d000000Z", day.year, day.month, day.day));
    add_string(info, "CreationDate", moment);
    add_string(info, "ModDate", moment);
}

static void xml_text(struct buf *b, str text)
{
    for (size_t i = 0; i < text.n; i++) {
        if (text.p[i] == '&')
            buf_lit(b, "&amp;");
        else if (text.p[i] == '<')
            buf_lit(b, "&lt;");
        else if (text.p[i] == '>')
            buf_lit(b, "&gt;");
        else
            buf_char(b, text.p[i]);
    }
}

/* <name>open text close</name>, where there is a text. */
static void property(struct buf *b, const char *name, const char *open, str text, const char *close)
{
    if (text.n == 0)
        return;
    buf_fmt(b, "<%s>%s", name, open);
    xml_text(b, text);
    buf_fmt(b, "%s</%s>\n", close, name);
}

#define LANGUAGE_OPEN  "<rdf:Alt><rdf:li xml:lang=\"x-default\">"
#define LANGUAGE_CLOSE "</rdf:li></rdf:Alt>"

static void add_properties(struct buf *b, struct arena *a, const struct facts *facts)
{
    property(b, "dc:format", "", S("application/pdf"), "");
    property(b, "dc:title", LANGUAGE_OPEN, facts->title, LANGUAGE_CLOSE);
    property(b, "dc:creator", "<rdf:Seq><rdf:li>", facts->author, "</rdf:li></rdf:Seq>");
    property(b, "dc:description", LANGUAGE_OPEN, facts->subject, LANGUAGE_CLOSE);
    property(b, "dc:language", "<rdf:Bag><rdf:li>", facts->language, "</rdf:li></rdf:Bag>");
    property(b, "xmp:CreatorTool", "", S("continuo"), "");
    property(b, "pdf:Producer", "", str_from(producer), "");
    if (facts->dated == DATE_NONE)
        return;
    str moment = str_fmt(a, STR_FMT "T00:00:00Z", STR_ARG(date_iso(a, facts->dated)));
    property(b, "xmp:CreateDate", "", moment, "");
    property(b, "xmp:ModifyDate", "", moment, "");
}

static const char xmp_head[] =
    "<?xpacket begin=\"\xEF\xBB\xBF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
    "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n"
    "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n"
    "<rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" "
    "xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\" xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\" "
    "xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\" "
    "xmlns:pdfuaid=\"http://www.aiim.org/pdfua/ns/id/\">\n";

/* PDF/A knows no property of PDF/UA, so it wants this one described. */
static const char xmp_claims[] =
    "<pdfaid:part>3</pdfaid:part>\n<pdfaid:conformance>B</pdfaid:conformance>\n"
    "<pdfuaid:part>1</pdfuaid:part>\n</rdf:Description>\n"
    "<rdf:Description rdf:about=\"\" "
    "xmlns:pdfaExtension=\"http://www.aiim.org/pdfa/ns/extension/\" "
    "xmlns:pdfaSchema=\"http://www.aiim.org/pdfa/ns/schema#\" "
    "xmlns:pdfaProperty=\"http://www.aiim.org/pdfa/ns/property#\">\n"
    "<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType=\"Resource\">\n"
    "<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>\n"
    "<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>\n"
    "<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>\n"
    "<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType=\"Resource\">\n"
    "<pdfaProperty:name>part</pdfaProperty:name>\n"
    "<pdfaProperty:valueType>Integer</pdfaProperty:valueType>\n"
    "<pdfaProperty:category>internal</pdfaProperty:category>\n"
    "<pdfaProperty:description>Part of ISO 14289 to which the file conforms"
    "</pdfaProperty:description>\n"
    "</rdf:li></rdf:Seq></pdfaSchema:property>\n"
    "</rdf:li></rdf:Bag></pdfaExtension:schemas>\n"
    "</rdf:Description></rdf:RDF></x:xmpmeta>\n<?xpacket end=\"r\"?>";

/* Not deflated: programs that know no PDF look for it by its first words. */
static void write_xmp(struct pdf_file *f, struct arena *a, const struct facts *facts)
{
    struct buf b = buf_in(a, 4096);
    buf_add(&b, str_from(xmp_head));
    add_properties(&b, a, facts);
    buf_add(&b, str_from(xmp_claims));
    HPDF_Dict metadata = file_encoded_stream(f, buf_str(&b), NULL);
    HPDF_Dict_AddName(metadata, "Type", "Metadata");
    HPDF_Dict_AddName(metadata, "Subtype", "XML");
    HPDF_Dict_Add(file_catalog(f), "Metadata", metadata);
}

void archive_facts(struct pdf_file *f, struct arena *a, const struct pdf_emission *e)
{
    struct facts facts = {plain(a, e->title), plain(a, e->author), plain(a, e->subject),
                          plain(a, e->language), e->dated};
    if (facts.title.n == 0)
        facts.title = S("Untitled");
    add_string(file_catalog(f), "Lang", str_c(a, facts.language));
    write_info(f, a, &facts);
    write_xmp(f, a, &facts);
}

void archive_colors(struct pdf_file *f, struct arena *a)
{
    HPDF_Dict profile = file_stream(f, archive_profile(a));
    HPDF_Dict_AddNumber(profile, "N", 3);
    HPDF_Dict intent = file_dict(f);
    HPDF_Dict_AddName(intent, "Type", "OutputIntent");
    HPDF_Dict_AddName(intent, "S", "GTS_PDFA1");
    add_string(intent, "OutputConditionIdentifier", "sRGB IEC61966-2.1");
    add_string(intent, "Info", "sRGB IEC61966-2.1");
    HPDF_Dict_Add(intent, "DestOutputProfile", profile);
    HPDF_Array intents = file_array(f);
    HPDF_Array_Add(intents, intent);
    HPDF_Dict_Add(file_catalog(f), "OutputIntents", intents);
}

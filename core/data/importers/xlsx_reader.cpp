#include "core/data/importers/xlsx_reader.h"

#include <QIODevice>
#include <QXmlStreamReader>
#include <algorithm>
#include <cctype>
#include <cmath>
#include <map>

#include "core/data/importers/archive_file.h"
#include "core/data/importers/xlsx_table.h"

namespace lamina {
namespace {

constexpr std::size_t xlsxSmallPart = std::size_t{64} << 20;
constexpr std::uint64_t xlsxStringsBytes = std::uint64_t{1} << 30;
constexpr std::uint64_t xlsxSilence = std::uint64_t{16} << 20;  ///< bytes without one complete tag or text
constexpr int xlsxDeepest = 64;
constexpr std::size_t xlsxMostColumns = 16384;

/// One part of the zip as the XML reader wants it. What goes wrong while unpacking is kept.
class XlsxPart final : public QIODevice {
public:
    explicit XlsxPart(ArchiveFile& archive) : m_archive(archive) { open(QIODevice::ReadOnly | QIODevice::Unbuffered); }
    bool isSequential() const override { return true; }
    const Result<void>& state() const { return m_state; }
    /// The parser came on.
    void moved() { m_silent = 0; }

protected:
    qint64 readData(char* data, qint64 most) override {
        if (!m_state) return -1;
        auto got = m_archive.read(std::as_writable_bytes(std::span(data, static_cast<std::size_t>(most))));
        if (got && (m_silent += *got) > xlsxSilence) got = fail("xlsx.text_too_long");
        if (got) return *got > 0 ? static_cast<qint64>(*got) : -1;
        m_state = got.takeError();
        return -1;
    }
    qint64 writeData(const char*, qint64) override { return -1; }

private:
    ArchiveFile& m_archive;
    Result<void> m_state;
    std::uint64_t m_silent = 0;
};

std::string xlsxUtf8(QStringView text) {
    const auto bytes = text.toUtf8();
    return {bytes.constData(), static_cast<std::size_t>(bytes.size())};
}

/// The XML reader with what every part is refused for.
class XlsxXml {
public:
    XlsxXml(QIODevice* device, XlsxPart* part, std::string name) : m_reader(device), m_part(part), m_name(std::move(name)) {
        m_reader.setNamespaceProcessing(false);
    }
    XlsxXml(const std::string& text, std::string name) : m_reader(QByteArray(text.data(), static_cast<qsizetype>(text.size()))), m_name(std::move(name)) {
        m_reader.setNamespaceProcessing(false);
    }

    /// The next beginning, end or text; false at the end of the document.
    Result<bool> next() {
        const auto token = m_reader.readNext();
        m_attributesRead = false;
        if (m_part) m_part->moved();
        if (m_part && !m_part->state()) return Error(m_part->state().error());
        if (token == QXmlStreamReader::DTD || token == QXmlStreamReader::EntityReference) return broken("DTD");
        if (token == QXmlStreamReader::StartElement && ++m_depth > xlsxDeepest) return broken("depth");
        if (token == QXmlStreamReader::EndElement) --m_depth;
        if (token == QXmlStreamReader::Invalid) return broken(xlsxUtf8(m_reader.errorString()));
        return token != QXmlStreamReader::EndDocument;
    }
    bool begins() const { return m_reader.isStartElement(); }
    bool ends() const { return m_reader.isEndElement(); }
    bool isText() const { return m_reader.isCharacters(); }
    /// The name without what stands before a colon.
    QStringView name() const {
        const auto name = m_reader.qualifiedName();
        const auto colon = name.lastIndexOf(u':');
        return colon < 0 ? name : name.mid(colon + 1);
    }
    QStringView text() const { return m_reader.text(); }
    /// "" where there is no such attribute.
    QStringView attribute(QStringView wanted) {
        if (!m_attributesRead) m_attributes = m_reader.attributes();
        m_attributesRead = true;
        for (const auto& attribute : m_attributes) {
            const auto name = attribute.qualifiedName();
            const auto colon = name.lastIndexOf(u':');
            if ((colon < 0 ? name : name.mid(colon + 1)) == wanted) return attribute.value();
        }
        return {};
    }
    Error broken(const std::string& reason) const { return fail("xlsx.xml", {{"part", m_name}, {"reason", reason}}); }

private:
    QXmlStreamReader m_reader;
    QXmlStreamAttributes m_attributes;  ///< of the beginning just read, once they were asked for
    bool m_attributesRead = false;
    XlsxPart* m_part = nullptr;
    const std::string m_name;
    int m_depth = 0;
};

std::string xlsxTarget(const std::string& base, std::string target) {
    if (!target.empty() && target[0] == '/') return target.substr(1);
    std::string folder = base;
    while (target.starts_with("../")) {
        target.erase(0, 3);
        const auto slash = folder.rfind('/', folder.empty() ? 0 : folder.size() - 2);
        folder.erase(slash == std::string::npos ? 0 : slash + 1);
    }
    return folder + target;
}

struct XlsxRelation {
    std::string id, type, target;
};

Result<std::vector<XlsxRelation>> readRelations(const std::string& text, const std::string& base, const std::string& name) {
    std::vector<XlsxRelation> relations;
    XlsxXml xml(text, name);
    while (true) {
        LAMINA_TRY(const bool more, xml.next());
        if (!more) return relations;
        if (!xml.begins() || xml.name() != u"Relationship") continue;
        XlsxRelation relation{xlsxUtf8(xml.attribute(u"Id")), xlsxUtf8(xml.attribute(u"Type")), {}};
        relation.target = xlsxTarget(base, xlsxUtf8(xml.attribute(u"Target")));
        relations.push_back(std::move(relation));
        if (relations.size() > 100'000) return xml.broken("relationships");
    }
}

/// What a number in a cell of this style means.
enum class XlsxStyle : std::uint8_t { Number, Date, TimeOfDay };

XlsxStyle xlsxStyleOf(std::string_view format) {
    bool date = false, time = false, month = false;
    for (std::size_t i = 0; i < format.size(); ++i) {
        const char c = static_cast<char>(std::tolower(static_cast<unsigned char>(format[i])));
        if (c == '"') i = std::min(format.find('"', i + 1), format.size());
        else if (c == '\\' || c == '_' || c == '*') ++i;
        else if (c == '[') {
            const auto end = std::min(format.find(']', i), format.size());
            const auto inside = xlsxLower(std::string(format.substr(i + 1, end - i - 1)));
            // [h]:mm is a duration: a number of days.
            if (!inside.empty() && inside.find_first_not_of("hms") == std::string::npos) return XlsxStyle::Number;
            i = end;
        } else if (c == 'y' || c == 'd') date = true;
        else if (c == 'h' || c == 's') time = true;
        else if (c == 'm') month = true;
        else if (c == ';') break;
    }
    if (date || (month && !time)) return XlsxStyle::Date;
    return time ? XlsxStyle::TimeOfDay : XlsxStyle::Number;
}

XlsxStyle xlsxBuiltInStyle(int id) {
    if ((id >= 14 && id <= 17) || id == 22 || (id >= 27 && id <= 31) || id == 36 || (id >= 50 && id <= 58)) return XlsxStyle::Date;
    if ((id >= 18 && id <= 21) || (id >= 32 && id <= 35) || id == 45) return XlsxStyle::TimeOfDay;
    return XlsxStyle::Number;
}

Result<std::vector<XlsxStyle>> readStyles(const std::string& text) {
    std::map<int, XlsxStyle> formats;
    std::vector<XlsxStyle> styles;
    XlsxXml xml(text, "styles.xml");
    bool inCells = false;
    while (true) {
        LAMINA_TRY(const bool more, xml.next());
        if (!more) return styles;
        if (xml.name() == u"cellXfs" && (xml.begins() || xml.ends())) inCells = xml.begins();
        if (!xml.begins()) continue;
        if (xml.name() == u"numFmt") formats[xml.attribute(u"numFmtId").toInt()] = xlsxStyleOf(xlsxUtf8(xml.attribute(u"formatCode")));
        if (!inCells || xml.name() != u"xf") continue;
        const int id = xml.attribute(u"numFmtId").toInt();
        const auto own = formats.find(id);
        styles.push_back(own != formats.end() ? own->second : xlsxBuiltInStyle(id));
        if (styles.size() > 1'000'000) return xml.broken("styles");
    }
}

/// "BC12" → 54; -1: no place.
std::int64_t xlsxColumnOf(QStringView reference) {
    std::int64_t column = 0;
    for (const auto c : reference) {
        const auto letter = c.unicode();
        if (letter < 'A' || letter > 'Z') break;
        column = column * 26 + (letter - 'A' + 1);
        if (column > static_cast<std::int64_t>(xlsxMostColumns)) return -1;
    }
    return column - 1;
}

}  // namespace

struct XlsxWorkbook::Parts {
    Path path;
    CancelToken cancel;
    std::vector<XlsxSheet> sheets;
    std::vector<XlsxStyle> styles;
    std::string strings;                    ///< all shared texts, one behind the other
    std::vector<std::uint64_t> stringEnds;
    bool since1904 = false;

    std::string_view sharedText(std::size_t i) const {
        const auto begin = i == 0 ? 0 : stringEnds[i - 1];
        return std::string_view(strings).substr(static_cast<std::size_t>(begin), static_cast<std::size_t>(stringEnds[i] - begin));
    }
};

namespace {

/// The archive, standing at the part of this name.
Result<ArchiveFile> atXlsxPart(const Path& path, const std::string& part) {
    LAMINA_TRY(auto archive, ArchiveFile::open(path, false, {.entries = 20000}));
    while (true) {
        LAMINA_TRY(const auto entry, archive.next());
        if (!entry) return fail("xlsx.part_missing", {{"file", path.string()}, {"part", part}});
        if (xlsxLower(entry->name) == xlsxLower(part)) return archive;
    }
}

Result<void> readSharedStrings(const Path& path, const std::string& part, const CancelToken& cancel, std::string& strings, std::vector<std::uint64_t>& ends) {
    LAMINA_TRY(auto archive, atXlsxPart(path, part));
    XlsxPart device(archive);
    XlsxXml xml(&device, &device, part);
    bool inText = false, inPhonetic = false;
    while (true) {
        LAMINA_TRY(const bool more, xml.next());
        if (!more) return {};
        if (xml.isText()) {
            if (inText && !inPhonetic) strings += xlsxUtf8(xml.text());
            if (strings.size() > xlsxStringsBytes) return fail("xlsx.too_many_strings", {{"limit", std::to_string(xlsxStringsBytes)}});
            continue;
        }
        if (xml.name() == u"t") inText = xml.begins();
        else if (xml.name() == u"rPh") inPhonetic = xml.begins();
        else if (xml.name() == u"si" && xml.ends()) {
            ends.push_back(strings.size());
            if (ends.size() > (std::size_t{1} << 26)) return fail("xlsx.too_many_strings", {{"limit", std::to_string(xlsxStringsBytes)}});
            if ((ends.size() & 1023) == 0 && cancel.cancelled()) return fail("job.cancelled");
        }
    }
}

/// The sheets in their order, with the ids of their relationships in place of the parts.
Result<void> readWorkbook(const std::string& text, std::vector<XlsxSheet>& sheets, bool& since1904) {
    XlsxXml xml(text, "workbook.xml");
    while (true) {
        LAMINA_TRY(const bool more, xml.next());
        if (!more) return {};
        if (!xml.begins()) continue;
        if (xml.name() == u"workbookPr") {
            const auto flag = xml.attribute(u"date1904");
            since1904 = flag == u"1" || flag == u"true";
        } else if (xml.name() == u"sheet") {
            const auto state = xlsxUtf8(xml.attribute(u"state"));
            std::string name = xlsxUtf8(xml.attribute(u"name")), id = xlsxUtf8(xml.attribute(u"id"));
            sheets.push_back({std::move(name), std::move(id), state == "hidden" || state == "veryHidden"});
            if (sheets.size() > 10000) return xml.broken("sheets");
        }
    }
}

Result<std::map<std::string, std::string>> readSmallParts(const Path& path) {
    std::map<std::string, std::string> parts;
    LAMINA_TRY(auto archive, ArchiveFile::open(path, false, {.entries = 20000}));
    std::size_t total = 0;
    while (true) {
        LAMINA_TRY(const auto entry, archive.next());
        if (!entry) return parts;
        const auto name = xlsxLower(entry->name);
        const bool wanted = name.ends_with(".rels") ? name.find("worksheets") == std::string::npos && name.find("drawings") == std::string::npos
                                                    : name.find("workbook") != std::string::npos || name.find("styles") != std::string::npos;
        if (!wanted || !entry->file) continue;
        LAMINA_TRY(parts[name], archive.text(xlsxSmallPart));
        total += parts[name].size();
        if (total > 2 * xlsxSmallPart) return fail("archive.too_large", {{"file", path.string()}, {"limit", std::to_string(2 * xlsxSmallPart)}});
    }
}

std::string xlsxFolderOf(const std::string& part) {
    const auto slash = part.rfind('/');
    return slash == std::string::npos ? "" : part.substr(0, slash + 1);
}

}  // namespace

/// One sheet's XML into rows.
class XlsxSheetReading {
public:
    XlsxSheetReading(const XlsxWorkbook::Parts& parts, XlsxXml& xml, XlsxTable& table, CellTable& cells) : m_parts(parts), m_xml(xml), m_table(table), m_cells(cells) {}

    Result<void> run() {
        while (true) {
            LAMINA_TRY(const bool more, m_xml.next());
            if (!more) break;
            if (m_xml.begins()) LAMINA_CHECK(begin());
            else if (m_xml.isText()) m_text += m_inValue ? xlsxUtf8(m_xml.text()) : std::string();
            else if (m_xml.ends()) {
                LAMINA_TRY(const bool wanted, end());
                if (!wanted) return {};
            }
        }
        if (m_merged > 0) m_cells.note(fail("xlsx.merged_cells", {{"count", std::to_string(m_merged)}}), Severity::Note);
        return m_table.end();
    }

private:
    Result<void> begin() {
        const auto name = m_xml.name();
        if (name == u"row") {
            bool known = false;
            const auto number = m_xml.attribute(u"r").toLongLong(&known);
            m_row.number = known && number > m_row.number ? number : m_row.number + 1;
            m_row.cells.clear();
            m_nextColumn = 0;
        } else if (name == u"c") {
            const auto place = m_xml.attribute(u"r");
            const auto column = place.isEmpty() ? static_cast<std::int64_t>(m_nextColumn) : xlsxColumnOf(place);
            if (column < 0 || column >= static_cast<std::int64_t>(xlsxMostColumns)) return m_xml.broken("cell " + xlsxUtf8(place.left(20)));
            m_cell = {};
            m_cell.column = static_cast<std::uint32_t>(column);
            m_nextColumn = m_cell.column + 1;
            m_type = xlsxUtf8(m_xml.attribute(u"t").left(20));
            const auto style = static_cast<std::size_t>(std::max(0, m_xml.attribute(u"s").toInt()));
            m_style = style < m_parts.styles.size() ? m_parts.styles[style] : XlsxStyle::Number;
            m_text.clear();
        } else if (name == u"v" || name == u"t") {
            m_inValue = !m_inPhonetic;
        } else if (name == u"rPh") {
            m_inPhonetic = true;
        } else if (name == u"mergeCell") {
            ++m_merged;
        }
        return {};
    }
    Result<bool> end() {
        const auto name = m_xml.name();
        if (name == u"v" || name == u"t") m_inValue = false;
        else if (name == u"rPh") m_inPhonetic = false;
        else if (name == u"c") {
            understand();
            if (m_cell.kind != XlsxCell::Kind::Empty) m_row.cells.push_back(std::move(m_cell));
            if (m_row.cells.size() > xlsxMostColumns) return m_xml.broken("cells");
        } else if (name == u"row") {
            return m_table.row(m_row);
        }
        return true;
    }

    /// What the cell holds, from its type, its style and its text.
    void understand() {
        using Kind = XlsxCell::Kind;
        if (m_text.find_first_not_of(" \t\r\n") == std::string::npos) return;
        if (m_type == "s") {
            const auto index = readAnyNumber(m_text);
            const bool known = index.is == IntegerValue && index.integer >= 0 && index.integer < static_cast<std::int64_t>(m_parts.stringEnds.size());
            m_cell.kind = known ? Kind::Text : Kind::Broken;
            m_cell.text = known ? std::string(m_parts.sharedText(static_cast<std::size_t>(index.integer))) : m_text;
            if (known && m_cell.text.find_first_not_of(" \t\r\n") == std::string::npos) m_cell.kind = Kind::Empty;
        } else if (m_type == "str" || m_type == "inlineStr" || m_type == "d") {
            m_cell.kind = Kind::Text;
            m_cell.text = m_text;
        } else if (m_type == "b") {
            m_cell.kind = Kind::Boolean;
            m_cell.number = m_text == "1" || m_text == "true";
        } else if (m_type == "e") {
            m_cell.kind = Kind::Error;
            m_cell.text = m_text;
        } else {
            const auto number = readAnyNumber(m_text);
            m_cell.kind = number.is == TextValue || !std::isfinite(number.value) ? Kind::Broken : m_style == XlsxStyle::Date ? Kind::Date : Kind::Number;
            m_cell.number = number.value;
            m_cell.text = m_text;
            if (m_cell.kind == Kind::Number && m_style == XlsxStyle::TimeOfDay && number.value >= 0 && number.value < 1) timeOfDay();
        }
    }
    void timeOfDay() {
        const auto seconds = std::llround(m_cell.number * 86400) % 86400;
        char text[16];
        std::snprintf(text, sizeof text, "%02d:%02d:%02d", static_cast<int>(seconds / 3600), static_cast<int>(seconds / 60 % 60), static_cast<int>(seconds % 60));
        m_cell.kind = XlsxCell::Kind::Text;
        m_cell.text = text;
    }

    const XlsxWorkbook::Parts& m_parts;
    XlsxXml& m_xml;
    XlsxTable& m_table;
    CellTable& m_cells;
    XlsxRow m_row;
    XlsxCell m_cell;
    std::uint32_t m_nextColumn = 0;
    std::string m_type, m_text;
    XlsxStyle m_style = XlsxStyle::Number;
    bool m_inValue = false, m_inPhonetic = false;
    std::int64_t m_merged = 0;
};

XlsxWorkbook::XlsxWorkbook(std::unique_ptr<Parts> parts) : m_parts(std::move(parts)) {}
XlsxWorkbook::XlsxWorkbook(XlsxWorkbook&&) noexcept = default;
XlsxWorkbook& XlsxWorkbook::operator=(XlsxWorkbook&&) noexcept = default;
XlsxWorkbook::~XlsxWorkbook() = default;

const std::vector<XlsxSheet>& XlsxWorkbook::sheets() const { return m_parts->sheets; }

Result<XlsxWorkbook> XlsxWorkbook::open(const Path& path, const CancelToken& cancel) {
    auto parts = std::make_unique<Parts>();
    parts->path = path;
    parts->cancel = cancel;
    LAMINA_TRY(const auto small, readSmallParts(path));
    std::string workbook = "xl/workbook.xml";
    if (const auto roots = small.find("_rels/.rels"); roots != small.end()) {
        LAMINA_TRY(const auto relations, readRelations(roots->second, "", "_rels/.rels"));
        for (const auto& relation : relations)
            if (relation.type.ends_with("/officeDocument")) workbook = relation.target;
    }
    const auto found = small.find(xlsxLower(workbook));
    if (found == small.end()) return fail("xlsx.not_a_workbook", {{"file", path.string()}});
    LAMINA_CHECK(readWorkbook(found->second, parts->sheets, parts->since1904));
    const std::string folder = xlsxFolderOf(workbook), relationsPart = folder + "_rels/" + workbook.substr(folder.size()) + ".rels";
    std::string styles, strings;
    if (const auto named = small.find(xlsxLower(relationsPart)); named != small.end()) {
        LAMINA_TRY(const auto relations, readRelations(named->second, folder, relationsPart));
        for (const auto& relation : relations) {
            for (auto& sheet : parts->sheets)
                if (sheet.part == relation.id && relation.type.ends_with("/worksheet")) sheet.part = relation.target;
            if (relation.type.ends_with("/styles")) styles = relation.target;
            if (relation.type.ends_with("/sharedStrings")) strings = relation.target;
        }
    }
    // Sheets that are charts have no part that is a worksheet.
    std::erase_if(parts->sheets, [](const XlsxSheet& sheet) { return !sheet.part.ends_with(".xml"); });
    if (parts->sheets.empty()) return fail("xlsx.not_a_workbook", {{"file", path.string()}});
    if (const auto part = small.find(xlsxLower(styles)); part != small.end()) {
        LAMINA_TRY(parts->styles, readStyles(part->second));
    }
    if (!strings.empty()) LAMINA_CHECK(readSharedStrings(path, strings, cancel, parts->strings, parts->stringEnds));
    return XlsxWorkbook(std::move(parts));
}

Result<nlohmann::json> XlsxWorkbook::read(const XlsxSheet& sheet, const XlsxSettings& settings, CellTable& cells) const {
    LAMINA_TRY(auto archive, atXlsxPart(m_parts->path, sheet.part));
    XlsxPart device(archive);
    XlsxXml xml(&device, &device, sheet.part);
    XlsxTable table(settings, m_parts->since1904, cells);
    LAMINA_CHECK(XlsxSheetReading(*m_parts, xml, table, cells).run());
    return table.detected();
}

}  // namespace lamina

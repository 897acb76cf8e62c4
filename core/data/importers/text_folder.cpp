// Text files in class folders: one document per file.
#include "core/data/importers/text_folder.h"

#include <algorithm>
#include <cctype>

#include "core/base/uuid.h"
#include "core/data/importers/csv_encoding.h"
#include "core/data/importers/image_files.h"
#include "core/data/importers/importer.h"
#include "core/data/source_file.h"
#include "core/data/utf8.h"

namespace lamina {
namespace text_folder_importer_parts {

struct TextFolderSettings {
    std::string encoding = "auto";
};

constexpr std::uint64_t mostDocumentBytes = std::uint64_t{16} << 20;
constexpr std::size_t namedRefusals = 100;
constexpr std::size_t piece = 256;
constexpr int quickLook = 2000;

const std::vector<std::string>& textPatterns() {
    static const std::vector<std::string> all{"*.txt", "*.text", "*.md", "*.rst", "*.eml", "*.msg", "*.log", "*.html", "*.htm"};
    return all;
}

/// Control characters that no text holds; zeros above all.
bool looksBinary(std::string_view text) {
    if (text.find('\0') != std::string_view::npos) return true;
    const auto odd = std::count_if(text.begin(), text.end(), [](char c) {
        return static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\r' && c != '\t' && c != '\f' && c != '\v' && c != '\x1b';
    });
    return static_cast<std::size_t>(odd) * 50 > text.size();
}

Result<std::string> asUtf8(std::string_view bytes, const std::string& encoding) {
    if (!csvReadsBytes(encoding)) return csvConvertText(bytes, encoding);
    std::string text;
    if (encoding == "latin1") appendLatin1(text, bytes);
    else if (encoding == "windows1252") appendWindows1252(text, bytes);
    else if (const auto bad = invalidUtf8At(bytes); bad != std::string_view::npos)
        return fail("csv.wrong_encoding", {{"encoding", csvEncodingTitle(encoding)}, {"position", std::to_string(bad)}});
    else text = bytes;
    return text;
}

/// A mark of the byte order is no letter, and lines end with "\n" alone.
void tidy(std::string& text) {
    if (text.starts_with("\xEF\xBB\xBF")) text.erase(0, 3);
    std::size_t kept = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\r' && i + 1 < text.size() && text[i + 1] == '\n') continue;
        text[kept++] = text[i] == '\r' ? '\n' : text[i];
    }
    text.resize(kept);
}

Result<std::string> bytesOf(const Path& path) {
    LAMINA_TRY(const auto file, SourceFile::open(path));
    if (file.size() > mostDocumentBytes)
        return fail("text_folder.too_large",
                    {{"file", path.string()}, {"size", std::to_string(file.size())}, {"most", std::to_string(mostDocumentBytes)}});
    std::string bytes(static_cast<std::size_t>(file.size()), '\0');
    LAMINA_CHECK(file.read(0, std::as_writable_bytes(std::span(bytes))));
    LAMINA_CHECK(file.checkUnchanged());
    return bytes;
}

/// The text files of a folder; pictures and the like beside them are another importer's.
Result<ImageFiles> textFiles(const Path& path, const CancelToken& cancel) {
    auto found = findImageFiles(path, cancel, true);
    if (!found) {
        Error error = found.takeError();
        if (error.code == "image.no_files") error.code = "text_folder.no_files";
        if (error.code == "image.too_many_classes") error.code = "text_folder.too_many_classes";
        return error;
    }
    std::erase_if(found->files, [](const ImageFile& file) { return isImageName(file.path); });
    if (found->files.empty()) return fail("text_folder.no_files", {{"folder", path.string()}});
    return found;
}

ColumnInfo columnNamed(const char* name, ColumnKind kind, const char* role) {
    ColumnInfo info;
    info.id = newUuid();
    info.name = name;
    info.kind = kind;
    info.elementType = elementTypeOf(kind);
    info.role = role;
    return info;
}

std::vector<ColumnInfo> columnsOf(const ImageFiles& found) {
    std::vector<ColumnInfo> infos{columnNamed("text", ColumnKind::Text, ""), columnNamed("file", ColumnKind::Text, "ignore")};
    if (!found.classes.empty()) {
        infos.push_back(columnNamed("class", ColumnKind::Category, "target"));
        infos.back().dictionary = found.classes;
    }
    if (found.subsets) {
        infos.push_back(columnNamed("subset", ColumnKind::Category, "ignore"));
        infos.back().dictionary.assign(std::begin(imageSubsets), std::end(imageSubsets));
    }
    return infos;
}

/// What was left out, each file with its reason.
class Refusals {
public:
    void add(Error why) {
        if (m_count++ == 0) m_first = why;
        if (m_issues.size() < namedRefusals) m_issues.push_back({Severity::Warning, std::move(why)});
    }
    std::vector<Issue> issues() const {
        auto all = m_issues;
        const auto more = m_count - std::ssize(m_issues);
        if (more > 0) all.push_back({Severity::Warning, fail("text_folder.more_refused", {{"count", std::to_string(more)}}), more});
        return all;
    }
    const Error& first() const { return m_first; }

private:
    std::vector<Issue> m_issues;
    std::int64_t m_count = 0;
    Error m_first;
};

/// Some documents as chunks of the columns.
struct Chunk {
    ColumnData texts{ColumnKind::Text}, names{ColumnKind::Text}, labels{ColumnKind::Category}, subsets{ColumnKind::Category};

    void add(const ImageFile& file, std::string_view text) {
        texts.addText(text);
        names.addText(file.name);
        labels.addCode(file.label);
        subsets.addCode(file.subset);
    }
    Result<void> appendTo(std::vector<std::unique_ptr<ColumnFileWriter>>& writers, const ImageFiles& found) {
        std::size_t next = 0;
        LAMINA_CHECK(writers[next++]->append(texts.view()));
        LAMINA_CHECK(writers[next++]->append(names.view()));
        if (!found.classes.empty()) LAMINA_CHECK(writers[next++]->append(labels.view()));
        if (found.subsets) LAMINA_CHECK(writers[next]->append(subsets.view()));
        return {};
    }
};

Result<void> copyTexts(const ImageFiles& found, const TextFolderSettings& settings, const ImportJob& job,
                       std::vector<std::unique_ptr<ColumnFileWriter>>& writers, Refusals& refusals) {
    for (std::size_t first = 0; first < found.files.size(); first += piece) {
        Chunk chunk;
        const std::size_t last = std::min(first + piece, found.files.size());
        for (std::size_t i = first; i < last; ++i) {
            if (job.cancel.cancelled()) return fail("job.cancelled");
            auto text = readTextDocument(found.files[i].path, settings.encoding);
            text ? chunk.add(found.files[i], *text) : refusals.add(text.takeError());
        }
        LAMINA_CHECK(chunk.appendTo(writers, found));
        if (job.progress) job.progress({"import", static_cast<std::int64_t>(last), static_cast<std::int64_t>(found.files.size()), "rows"});
    }
    return {};
}

std::vector<Issue> remarksOn(const ImageFiles& found, const Path& path) {
    const auto loose = std::count_if(found.files.begin(), found.files.end(), [](const ImageFile& file) { return file.label < 0; });
    if (loose == 0 || found.classes.empty()) return {};
    return {{Severity::Warning, fail("text_folder.without_class", {{"folder", path.string()}}), loose}};
}

Result<ImportedTable> importTexts(const Path& path, const TextFolderSettings& settings, const Path& folder, const ImportJob& job) {
    LAMINA_TRY(const auto found, textFiles(path, job.cancel));
    std::vector<std::unique_ptr<ColumnFileWriter>> writers;
    for (auto& info : columnsOf(found)) {
        LAMINA_TRY(auto writer, ColumnFileWriter::create(folder, std::move(info)));
        writers.push_back(std::move(writer));
    }
    Refusals refusals;
    LAMINA_CHECK(copyTexts(found, settings, job, writers, refusals));
    if (writers[0]->rows() == 0) return refusals.first();
    for (auto& writer : writers) LAMINA_CHECK(writer->seal());
    ImportedTable table;
    LAMINA_TRY(table.columns, publishAll(writers));
    table.rows = table.columns[0].info.rows;
    table.issues = remarksOn(found, path);
    for (auto& issue : refusals.issues()) table.issues.push_back(std::move(issue));
    return table;
}

nlohmann::json summaryOf(const ImageFiles& found) {
    std::vector<std::int64_t> counts(found.classes.size());
    for (const ImageFile& file : found.files)
        if (file.label >= 0) ++counts[static_cast<std::size_t>(file.label)];
    auto classes = nlohmann::json::array();
    for (std::size_t i = 0; i < counts.size(); ++i) classes.push_back({{"name", found.classes[i]}, {"count", counts[i]}});
    return {{"files", found.files.size()}, {"classes", classes}};
}

Result<ImportPreview> previewTexts(const Path& path, const TextFolderSettings& settings, std::int64_t rows, const CancelToken& cancel) {
    LAMINA_TRY(const auto found, textFiles(path, cancel));
    ImportPreview preview;
    preview.columns = columnsOf(found);
    preview.summary = summaryOf(found);
    preview.issues = remarksOn(found, path);
    const auto count = std::min(found.files.size(), static_cast<std::size_t>(std::max<std::int64_t>(rows, 0)));
    for (std::size_t i = 0; i < count; ++i) {
        const ImageFile& file = found.files[i * found.files.size() / count];
        auto text = readTextDocument(file.path, settings.encoding);
        if (!text) {
            preview.issues.push_back({Severity::Warning, text.takeError()});
            continue;
        }
        preview.rows.push_back({std::move(*text), file.name});
        if (!found.classes.empty()) preview.rows.back().push_back(file.label < 0 ? "" : found.classes[static_cast<std::size_t>(file.label)]);
        if (found.subsets) preview.rows.back().push_back(file.subset < 0 ? "" : imageSubsets[file.subset]);
    }
    return preview;
}

/// A folder in which texts, and no pictures, lie in folders.
double probeTexts(const Path& path) {
    std::error_code error;
    if (!std::filesystem::is_directory(path, error)) return 0;
    std::filesystem::recursive_directory_iterator at(path, error), end;
    int looked = 0, texts = 0, others = 0;
    for (; !error && at != end && looked < quickLook; at.increment(error), ++looked) {
        std::error_code ignored;
        const std::string name = at->path().filename().string();
        if (at->is_directory(ignored) && (name.starts_with('.') || name == "__MACOSX" || at.depth() > 8)) at.disable_recursion_pending();
        if (at->is_directory(ignored) || name.starts_with('.')) continue;
        (isTextName(at->path()) ? texts : others) += at.depth() > 0;
    }
    return texts > others ? 0.6 : 0;
}

}  // namespace text_folder_importer_parts

bool isTextName(const Path& file) {
    if (fitsPatterns(file, text_folder_importer_parts::textPatterns())) return true;
    const std::string ending = file.extension().string();
    return ending.empty() || std::all_of(ending.begin() + 1, ending.end(), [](unsigned char c) { return std::isdigit(c) != 0; });
}

Result<std::string> readTextDocument(const Path& path, const std::string& encoding) {
    using namespace text_folder_importer_parts;
    LAMINA_TRY(const auto bytes, bytesOf(path));
    const std::string found = encoding == "auto" ? csvGuessEncoding(bytes) : encoding;
    if (!found.starts_with("utf16") && looksBinary(bytes)) return fail("text_folder.binary", {{"file", path.string()}});
    auto text = asUtf8(bytes, found);
    if (!text) return text.takeError().with("file", path.string());
    tidy(*text);
    if (text->find('\0') != std::string::npos) return fail("text_folder.binary", {{"file", path.string()}});
    if (text->find_first_not_of(" \t\n\f\v") == std::string::npos) return fail("text_folder.empty", {{"file", path.string()}});
    return text;
}

const ImporterType& text_folder_importer() {
    using namespace text_folder_importer_parts;
    static const ImporterType type = ImporterDescriptor<TextFolderSettings, probeTexts, previewTexts, importTexts>{
        .id = "text_folder",
        .title = "Texts in folders",
        .summary = "Text files, each a document, one subfolder for each class; folders train, validation and test may stand above them.",
        .patterns = {},
        .properties = {property(
            "encoding", &TextFolderSettings::encoding, "Encoding", "What the bytes mean; auto finds it out for each file.",
            {.choices = {"auto", "utf8", "latin1", "windows1252", "windows1251", "gb18030", "big5", "shift_jis", "euc_kr", "utf16le", "utf16be"}})}};
    return type;
}

}  // namespace lamina

// The binary files of CIFAR-10 and CIFAR-100: records of one label (CIFAR-100: two) and 3 × 32 × 32 bytes, plane after plane.
#include <algorithm>
#include <optional>

#include "core/base/uuid.h"
#include "core/data/importers/importer.h"
#include "core/data/source_file.h"

namespace lamina {
namespace {

struct CifarSettings {};

constexpr std::int64_t cifarPixels = 3 * 32 * 32;
constexpr std::int64_t cifarChunk = 512;

struct CifarFile {
    Path path;
    bool test = false;
};

struct CifarSource {
    std::vector<CifarFile> files;
    int labels = 1;  ///< per record: 1, CIFAR-10; 2, CIFAR-100 (the coarse one first)
    std::int64_t rows = 0;
    std::vector<std::string> classes, groups;

    std::int64_t record() const { return labels + cifarPixels; }
};

std::optional<int> cifarLabels(const Path& file) {
    std::error_code error;
    const auto size = static_cast<std::int64_t>(std::filesystem::file_size(file, error));
    if (error || size == 0 || file.extension() != ".bin") return {};
    const std::string stem = file.stem().string();
    if ((stem == "train" || stem == "test") && size % (cifarPixels + 2) == 0) return 2;
    if (size % (cifarPixels + 1) == 0) return 1;
    if (size % (cifarPixels + 2) == 0) return 2;
    return {};
}

std::vector<CifarFile> cifarFiles(const Path& path) {
    std::error_code error;
    if (!std::filesystem::is_directory(path, error)) return {{path, path.stem().string().find("test") != std::string::npos}};
    std::vector<CifarFile> files;
    for (std::filesystem::directory_iterator at(path, error), end; !error && at != end; at.increment(error)) {
        const std::string stem = at->path().stem().string();
        const bool named = stem.rfind("data_batch", 0) == 0 || stem == "test_batch" || stem == "train" || stem == "test";
        if (named && at->path().extension() == ".bin") files.push_back({at->path(), stem.rfind("test", 0) == 0});
    }
    std::sort(files.begin(), files.end(), [](const CifarFile& a, const CifarFile& b) { return a.test != b.test ? b.test : a.path < b.path; });
    return files;
}

/// A name per line, as the files beside the pictures have them; the numbers where they are not there.
std::vector<std::string> cifarNames(const Path& file, int count) {
    std::vector<std::string> names;
    if (const auto text = readTextFile(file)) {
        std::size_t from = 0;
        while (from < text->size()) {
            const auto end = std::min(text->find('\n', from), text->size());
            std::string name = text->substr(from, end - from);
            if (!name.empty() && name.back() == '\r') name.pop_back();
            if (!name.empty()) names.push_back(std::move(name));
            from = end + 1;
        }
    }
    if (static_cast<int>(names.size()) == count) return names;
    names.clear();
    for (int i = 0; i < count; ++i) names.push_back(std::to_string(i));
    return names;
}

Result<CifarSource> openCifar(const Path& path) {
    CifarSource source;
    source.files = cifarFiles(path);
    for (const auto& file : source.files) {
        const auto labels = cifarLabels(file.path);
        std::error_code ignored;
        if (!labels || (file.path != source.files[0].path && *labels != source.labels)) return fail("cifar.size", {{"file", file.path.string()}});
        source.labels = *labels;
        source.rows += static_cast<std::int64_t>(std::filesystem::file_size(file.path, ignored)) / source.record();
    }
    if (source.files.empty()) return fail("cifar.no_files", {{"folder", path.string()}});
    const Path folder = source.files[0].path.parent_path();
    source.classes = source.labels == 1 ? cifarNames(folder / "batches.meta.txt", 10) : cifarNames(folder / "fine_label_names.txt", 100);
    if (source.labels == 2) source.groups = cifarNames(folder / "coarse_label_names.txt", 20);
    return source;
}

ColumnInfo cifarColumn(const char* name, ColumnKind kind, const char* role, std::vector<std::string> dictionary = {}) {
    ColumnInfo info;
    info.id = newUuid();
    info.name = name;
    info.kind = kind;
    info.elementType = elementTypeOf(kind);
    info.dictionary = std::move(dictionary);
    info.role = role;
    return info;
}

std::vector<ColumnInfo> cifarColumns(const CifarSource& source) {
    std::vector<ColumnInfo> infos{cifarColumn("image", ColumnKind::Tensor, ""), cifarColumn("class", ColumnKind::Category, "target", source.classes)};
    infos[0].elementType = DType::UInt8;
    infos[0].elementShape = {3, 32, 32};
    if (source.labels == 2) infos.push_back(cifarColumn("group", ColumnKind::Category, "ignore", source.groups));
    if (source.files.size() > 1) infos.push_back(cifarColumn("subset", ColumnKind::Category, "ignore", {"training", "test"}));
    return infos;
}

/// The labels of one record. "cifar.label" {file, row, label}
Result<void> readCifarLabels(const CifarSource& source, const CifarFile& file, std::int64_t row, const std::byte* record, ColumnData& classes, ColumnData& groups) {
    const int label = std::to_integer<int>(record[source.labels - 1]), group = std::to_integer<int>(record[0]);
    const bool known = label < static_cast<int>(source.classes.size()) && (source.labels == 1 || group < static_cast<int>(source.groups.size()));
    if (!known) return fail("cifar.label", {{"file", file.path.string()}, {"row", std::to_string(row + 1)}, {"label", std::to_string(label)}});
    classes.addCode(label);
    if (source.labels == 2) groups.addCode(group);
    return {};
}

using CifarWriters = std::vector<std::unique_ptr<ColumnFileWriter>>;

Result<void> copyCifarFile(const CifarSource& source, const CifarFile& file, const ImportJob& job, const CifarWriters& writers, std::int64_t& done) {
    LAMINA_TRY(const auto bytes, SourceFile::open(file.path));
    const auto record = static_cast<std::size_t>(source.record());
    const auto rows = static_cast<std::int64_t>(bytes.size() / record);
    std::vector<std::byte> buffer, pixels;
    for (std::int64_t first = 0; first < rows; first += cifarChunk) {
        if (job.cancel.cancelled()) return fail("job.cancelled");
        const auto count = static_cast<std::size_t>(std::min(cifarChunk, rows - first));
        buffer.resize(count * record);
        pixels.clear();
        LAMINA_CHECK(bytes.read(static_cast<std::uint64_t>(first) * record, buffer));
        ColumnData classes(ColumnKind::Category), groups(ColumnKind::Category), subset(ColumnKind::Category);
        for (std::size_t i = 0; i < count; ++i) {
            const std::byte* const at = buffer.data() + i * record;
            LAMINA_CHECK(readCifarLabels(source, file, first + static_cast<std::int64_t>(i), at, classes, groups));
            pixels.insert(pixels.end(), at + source.labels, at + record);
            subset.addCode(file.test ? 1 : 0);
        }
        LAMINA_CHECK(writers[0]->appendElements(pixels));
        LAMINA_CHECK(writers[1]->append(classes.view()));
        if (source.labels == 2) LAMINA_CHECK(writers[2]->append(groups.view()));
        if (source.files.size() > 1) LAMINA_CHECK(writers.back()->append(subset.view()));
        done += static_cast<std::int64_t>(count);
        if (job.progress) job.progress({"import", done, source.rows, "rows"});
    }
    return bytes.checkUnchanged();
}

double probeCifar(const Path& path) {
    const auto files = cifarFiles(path);
    if (files.empty() || !std::all_of(files.begin(), files.end(), [](const CifarFile& file) { return cifarLabels(file.path).has_value(); })) return 0;
    std::error_code ignored;
    return std::filesystem::is_directory(path, ignored) ? 0.95 : 0.7;
}

Result<ImportPreview> previewCifar(const Path& path, const CifarSettings&, std::int64_t rows, const CancelToken&) {
    LAMINA_TRY(const auto source, openCifar(path));
    ImportPreview preview;
    preview.columns = cifarColumns(source);
    LAMINA_TRY(const auto file, SourceFile::open(source.files[0].path));
    std::vector<std::byte> record(static_cast<std::size_t>(source.record()));
    for (std::int64_t row = 0; row < std::min(rows, static_cast<std::int64_t>(file.size()) / source.record()); ++row) {
        LAMINA_CHECK(file.read(static_cast<std::uint64_t>(row * source.record()), record));
        ColumnData classes(ColumnKind::Category), groups(ColumnKind::Category);
        LAMINA_CHECK(readCifarLabels(source, source.files[0], row, record.data(), classes, groups));
        std::vector<std::string> cells{"uint8 3×32×32", source.classes[static_cast<std::size_t>(classes.view().codes[0])]};
        if (source.labels == 2) cells.push_back(source.groups[static_cast<std::size_t>(groups.view().codes[0])]);
        if (source.files.size() > 1) cells.push_back(source.files[0].test ? "test" : "training");
        preview.rows.push_back(std::move(cells));
    }
    return preview;
}

Result<ImportedTable> importCifar(const Path& path, const CifarSettings&, const Path& folder, const ImportJob& job) {
    LAMINA_TRY(const auto source, openCifar(path));
    CifarWriters writers;
    for (auto& info : cifarColumns(source)) {
        LAMINA_TRY(auto writer, ColumnFileWriter::create(folder, std::move(info), writers.empty() ? static_cast<std::uint64_t>(source.rows * cifarPixels) : 0));
        writers.push_back(std::move(writer));
    }
    std::int64_t done = 0;
    for (const auto& file : source.files) LAMINA_CHECK(copyCifarFile(source, file, job, writers, done));
    for (auto& writer : writers) LAMINA_CHECK(writer->seal());
    ImportedTable table;
    LAMINA_TRY(table.columns, publishAll(writers));
    table.rows = table.columns[0].info.rows;
    return table;
}

}  // namespace

const ImporterType& cifar_importer() {
    static const ImporterType type = ImporterDescriptor<CifarSettings, probeCifar, previewCifar, importCifar>{
        .id = "cifar",
        .title = "CIFAR-10 and CIFAR-100",
        .summary = "Small colour pictures with one label each in the binary files of CIFAR; name the folder or one of the files.",
        .patterns = {"data_batch_*.bin", "test_batch.bin", "train.bin", "test.bin"}};
    return type;
}

}  // namespace lamina

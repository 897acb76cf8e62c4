// NumPy's arrays: one (NPY) or several in a zip (NPZ).
#include <algorithm>
#include <cstring>
#include <limits>
#include <map>
#include <set>

#include "core/base/uuid.h"
#include "core/data/importers/archive_file.h"
#include "core/data/importers/cell_table.h"
#include "core/data/importers/image_files.h"
#include "core/data/importers/npy_reader.h"

namespace lamina {
namespace {

struct NpySettings : CellSettings {
    std::string matrix = "auto";  ///< auto columns tensor
    std::string layout = "auto";  ///< auto as_is
    std::string arrays;           ///< names, separated by commas; empty: all
};

constexpr std::int64_t npyColumnsOfMatrix = 256;
constexpr std::size_t npyBlockBytes = std::size_t{8} << 20;
constexpr std::uint64_t npyPreviewBytes = std::uint64_t{4} << 20;

struct NpyPart {
    std::string name;
    NpyReader reader;
};

/// A column, or the columns of a matrix or of a structured array.
struct NpyArray {
    std::string name;
    std::vector<std::size_t> parts;  ///< one per block of rows
    bool tensor = false, channelsLast = false;
    Shape elementShape;
};

/// What the arrays become: blocks of rows one after the other.
struct NpyPlan {
    std::vector<NpyArray> arrays;
    std::vector<std::int64_t> blockRows;
    std::vector<std::int32_t> blockSubset;  ///< empty: no column "subset"
    std::vector<Issue> issues;
};

/// A folder for the arrays of an NPZ, gone with this.
class NpyScratch {
public:
    explicit NpyScratch(const Path& parent) : m_path(parent / ("unpacked-" + newUuid())) {}
    ~NpyScratch() {
        std::error_code ignored;
        std::filesystem::remove_all(m_path, ignored);
    }
    NpyScratch(const NpyScratch&) = delete;
    NpyScratch& operator=(const NpyScratch&) = delete;
    const Path& path() const { return m_path; }

private:
    const Path m_path;
};

bool beginsWithPk(const Path& path) {
    const auto file = SourceFile::open(path);
    std::byte start[2];
    return file && file->size() >= 4 && file->read(0, start) && start[0] == std::byte{'P'} && start[1] == std::byte{'K'};
}

Result<std::vector<NpyPart>> openNpyParts(const Path& path, const Path& scratch, bool preview, const CancelToken& cancel) {
    std::vector<NpyPart> parts;
    if (!beginsWithPk(path)) {
        LAMINA_TRY(auto reader, NpyReader::open(path));
        parts.push_back({path.stem().string(), std::move(reader)});
        return parts;
    }
    ArchiveLimits limits;
    limits.entries = 10000;
    LAMINA_TRY(auto archive, ArchiveFile::open(path, false, limits));
    LAMINA_CHECK(files().makeFolder(scratch));
    while (true) {
        LAMINA_TRY(const auto entry, archive.next());
        if (!entry) break;
        if (!entry->file || !entry->name.ends_with(".npy")) continue;
        const Path part = scratch / (std::to_string(parts.size()) + ".npy");
        LAMINA_CHECK(archive.extract(part, cancel, preview ? npyPreviewBytes : UINT64_MAX));
        const std::string name = entry->name.substr(0, entry->name.size() - 4);
        auto reader = NpyReader::open(part, preview);
        // The scratch file means nothing to people.
        if (!reader) {
            Error error = reader.takeError();
            for (auto& argument : error.arguments)
                if (argument.first == "file") argument.second = path.string() + " (" + name + ")";
            return error;
        }
        parts.push_back({name, std::move(*reader)});
    }
    if (parts.empty()) return fail("npy.no_arrays");
    return parts;
}

/// "train_images", "x_test": the subset's number in imageSubsets and the name without it; -1: no subset.
std::pair<std::int32_t, std::string> npySubsetOf(const std::string& name) {
    static const std::vector<std::pair<std::string, std::int32_t>> words{{"training", 0}, {"train", 0}, {"validation", 1}, {"valid", 1}, {"val", 1}, {"testing", 2}, {"test", 2}};
    for (const auto& [word, subset] : words) {
        if (name.size() > word.size() + 1 && name.starts_with(word + "_")) return {subset, name.substr(word.size() + 1)};
        if (name.size() > word.size() + 1 && name.ends_with("_" + word)) return {subset, name.substr(0, name.size() - word.size() - 1)};
    }
    return {-1, name};
}

bool npyAlike(const NpyReader& a, const NpyReader& b) {
    return a.typeText() == b.typeText() && !a.structured() && !b.structured() && a.shape().size() == b.shape().size() && !a.shape().empty() &&
           std::equal(a.shape().begin() + 1, a.shape().end(), b.shape().begin() + 1);
}

/// Training, validation and test data beside each other ("x_train", "x_test"): one below the other.
bool planSubsets(const std::vector<NpyPart>& parts, NpyPlan& plan) {
    std::map<std::int32_t, std::map<std::string, std::size_t>> bySubset;
    std::vector<std::string> names;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        const auto [subset, name] = npySubsetOf(parts[i].name);
        if (subset < 0 || !bySubset[subset].emplace(name, i).second) return false;
        if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
    }
    if (bySubset.size() < 2) return false;
    for (const auto& name : names) plan.arrays.push_back({name, {}, false, false, {}});
    for (const auto& [subset, members] : bySubset) {
        std::int64_t rows = -1;
        for (auto& array : plan.arrays) {
            const auto found = members.find(array.name);
            if (found == members.end()) return false;
            const auto& reader = parts[found->second].reader;
            if (rows >= 0 && reader.claimedRows() != rows) return false;
            if (!array.parts.empty() && !npyAlike(parts[array.parts[0]].reader, reader)) return false;
            rows = reader.claimedRows();
            array.parts.push_back(found->second);
        }
        plan.blockSubset.push_back(subset);
        plan.blockRows.push_back(rows);
    }
    return true;
}

/// The arrays whose first axis agrees with that of most others; the rest is left out and told.
NpyPlan planTogether(const std::vector<NpyPart>& parts) {
    std::map<std::int64_t, int> votes;
    for (const auto& part : parts)
        if (!part.reader.shape().empty()) ++votes[part.reader.claimedRows()];
    std::int64_t rows = 1;
    int most = 0;
    for (const auto& [count, n] : votes)
        if (n >= most) rows = count, most = n;
    NpyPlan plan;
    plan.blockRows = {rows};
    for (std::size_t i = 0; i < parts.size(); ++i) {
        const bool scalar = parts[i].reader.shape().empty();
        if ((scalar && most > 0) || parts[i].reader.claimedRows() != rows) {
            plan.issues.push_back({Severity::Warning, fail("npy.array_left_out", {{"array", parts[i].name}, {"rows", std::to_string(parts[i].reader.claimedRows())},
                                                                                  {"expected", std::to_string(rows)}})});
            continue;
        }
        plan.arrays.push_back({parts[i].name, {i}, false, false, {}});
    }
    return plan;
}

bool isNpyText(const NpyType& type) { return type.kind == NpyKind::Bytes || type.kind == NpyKind::Unicode || type.kind == NpyKind::Date; }

/// Columns or one tensor column, and which axis of a picture is its colour.
Result<void> shapeArray(NpyArray& array, const NpyReader& reader, const NpySettings& settings) {
    const auto& shape = reader.shape();
    if (reader.structured()) {
        if (shape.size() > 1) return fail("npy.type", {{"type", "structured array of several axes"}});
        return {};
    }
    const bool text = isNpyText(reader.fields()[0].type);
    if (shape.size() < 2) return {};
    const bool wide = settings.matrix == "tensor" || (settings.matrix == "auto" && reader.rowValues() > npyColumnsOfMatrix) ||
                      reader.rowValues() > static_cast<std::int64_t>(importMaximumColumns);
    array.tensor = !text && (shape.size() > 2 || wide);
    if (!array.tensor) return {};
    array.elementShape.assign(shape.begin() + 1, shape.end());
    if (settings.layout == "as_is") return {};
    const auto colours = [](std::int64_t size) { return size == 1 || size == 3 || size == 4; };
    array.channelsLast = shape.size() == 4 && colours(shape[3]) && (!colours(shape[1]) || (shape[1] == 4 && shape[3] == 3));
    if (array.channelsLast) array.elementShape = {shape[3], shape[1], shape[2]};
    const auto& type = reader.fields()[0].type;
    if (shape.size() == 3 && type.size == 1 && type.kind != NpyKind::Signed) array.elementShape.insert(array.elementShape.begin(), 1);
    return {};
}

Result<NpyPlan> planNpy(std::vector<NpyPart>& parts, const NpySettings& settings) {
    if (!settings.arrays.empty()) {
        std::set<std::string> wanted;
        std::string_view left = settings.arrays;
        while (!left.empty()) {
            const auto comma = std::min(left.find(','), left.size());
            wanted.emplace(left.substr(0, comma));
            left.remove_prefix(std::min(comma + 1, left.size()));
        }
        std::erase_if(parts, [&](const NpyPart& part) { return wanted.erase(part.name) == 0; });
        if (!wanted.empty()) return fail("npy.no_such_array", {{"array", *wanted.begin()}});
    }
    NpyPlan plan;
    if (!planSubsets(parts, plan)) plan = planTogether(parts);
    for (auto& array : plan.arrays) LAMINA_CHECK(shapeArray(array, parts[array.parts[0]].reader, settings));
    return plan;
}

DType npyElementType(const NpyType& type) {
    return type.kind == NpyKind::Boolean || (type.kind == NpyKind::Unsigned && type.size == 1) ? DType::UInt8 : DType::Float32;
}

/// The rows of one tensor array as the column has them: bytes or float32, colours first.
void npyTensorBytes(const NpyArray& array, const NpyReader& reader, const std::vector<std::byte>& raw, std::vector<std::byte>& out) {
    const auto& type = reader.fields()[0].type;
    const bool bytes = npyElementType(type) == DType::UInt8;
    const auto perRow = static_cast<std::size_t>(reader.rowValues());
    const std::size_t rows = raw.size() / (perRow * type.size), width = bytes ? 1 : sizeof(float);
    const std::size_t channels = array.channelsLast ? static_cast<std::size_t>(array.elementShape[0]) : 1, pixels = perRow / channels;
    out.resize(rows * perRow * width);
    for (std::size_t row = 0; row < rows; ++row)
        for (std::size_t i = 0; i < perRow; ++i) {
            const std::byte* from = raw.data() + (row * perRow + i) * type.size;
            const std::size_t to = (row * perRow + (i % channels) * pixels + i / channels) * width;
            if (bytes) {
                out[to] = *from;
            } else {
                const auto value = static_cast<float>(npyNumber(type, from));
                std::memcpy(out.data() + to, &value, sizeof value);
            }
        }
}

/// All arrays into cells and tensor columns, a block of rows at a time.
class NpyCopy {
public:
    NpyCopy(const std::vector<NpyPart>& parts, const NpyPlan& plan, CellTable& cells) : m_parts(parts), m_plan(plan), m_cells(cells) {}

    Result<void> declareColumns() {
        for (const auto& array : m_plan.arrays) {
            m_first.push_back(m_cells.columnCount());
            if (array.tensor) continue;
            const auto& reader = m_parts[array.parts[0]].reader;
            const auto columns = reader.structured() ? std::int64_t{1} : reader.rowValues();
            for (std::int64_t i = 0; i < columns; ++i)
                for (const auto& field : reader.fields()) {
                    const std::string prefix = m_parts.size() == 1 && columns > 1 ? "column" : array.name;
                    LAMINA_TRY(const auto column, m_cells.newColumn(reader.structured() ? field.name : columns > 1 ? prefix + "_" + std::to_string(i + 1) : prefix));
                    if (field.type.kind == NpyKind::Boolean) m_cells.declare(column, ColumnKind::Boolean);
                    else if (field.type.kind == NpyKind::Float) m_cells.declare(column, ColumnKind::Number);
                    else if (field.type.kind == NpyKind::Date) m_cells.declare(column, ColumnKind::Time);
                    else if (!isNpyText(field.type)) m_cells.declare(column, ColumnKind::Integer);
                }
        }
        if (m_plan.blockSubset.empty()) return {};
        LAMINA_TRY(m_subset, m_cells.newColumn("subset"));
        m_cells.declare(m_subset, ColumnKind::Category, {imageSubsets[0], imageSubsets[1], imageSubsets[2]});
        return {};
    }

    using Tensor = std::function<Result<void>(std::size_t array, std::span<const std::byte> bytes)>;
    /// false from endRow() ends it early.
    Result<void> run(const Tensor& tensor, std::int64_t mostRows) {
        for (std::size_t block = 0; block < m_plan.blockRows.size() && mostRows > 0; ++block) {
            std::int64_t there = m_plan.blockRows[block];
            for (const auto& array : m_plan.arrays) there = std::min(there, m_parts[array.parts[block]].reader.rows());
            std::size_t widest = 1;
            for (const auto& array : m_plan.arrays) {
                const auto& reader = m_parts[array.parts[block]].reader;
                widest = std::max(widest, static_cast<std::size_t>(reader.rowValues()) * reader.valueBytes());
            }
            const auto chunk = std::max<std::int64_t>(1, std::min<std::int64_t>(static_cast<std::int64_t>(npyBlockBytes / widest), 65536));
            for (std::int64_t row = 0; row < std::min(there, mostRows); row += chunk) {
                LAMINA_CHECK(copyRows(block, row, std::min(chunk, std::min(there, mostRows) - row), tensor));
                LAMINA_CHECK(m_cells.progress(static_cast<std::uint64_t>(row), static_cast<std::uint64_t>(there)));
            }
            mostRows -= there;
        }
        return {};
    }

private:
    Result<void> copyRows(std::size_t block, std::int64_t first, std::int64_t count, const Tensor& tensor) {
        m_raw.resize(m_plan.arrays.size());
        for (std::size_t a = 0; a < m_plan.arrays.size(); ++a) {
            const auto& array = m_plan.arrays[a];
            const auto& reader = m_parts[array.parts[block]].reader;
            LAMINA_CHECK(reader.readRows(first, count, m_raw[a]));
            if (!array.tensor) continue;
            npyTensorBytes(array, reader, m_raw[a], m_tensor);
            LAMINA_CHECK(tensor(a, m_tensor));
        }
        for (std::int64_t row = 0; row < count; ++row) {
            for (std::size_t a = 0; a < m_plan.arrays.size(); ++a) setCells(a, m_parts[m_plan.arrays[a].parts[block]].reader, row);
            if (!m_plan.blockSubset.empty()) m_cells.setText(m_subset, imageSubsets[m_plan.blockSubset[block]]);
            LAMINA_TRY(const bool more, m_cells.endRow());
            if (!more) return {};
        }
        return {};
    }

    void setCells(std::size_t a, const NpyReader& reader, std::int64_t row) {
        if (m_plan.arrays[a].tensor) return;
        std::size_t column = m_first[a];
        const auto rowValues = static_cast<std::size_t>(reader.rowValues());
        const std::byte* at = m_raw[a].data() + static_cast<std::size_t>(row) * rowValues * reader.valueBytes();
        for (std::size_t i = 0; i < rowValues; ++i, at += reader.valueBytes())
            for (const auto& field : reader.fields()) setCell(column++, field.type, at + field.offset);
    }

    void setCell(std::size_t column, const NpyType& type, const std::byte* at) {
        bool fine = true;
        switch (type.kind) {
            case NpyKind::Boolean: return m_cells.setBoolean(column, *at != std::byte{0});
            case NpyKind::Float: return m_cells.setNumber(column, npyNumber(type, at));
            case NpyKind::Signed: return m_cells.setInteger(column, npyInteger(type, at));
            case NpyKind::Unsigned: {
                const auto value = npyInteger(type, at);
                if (type.size < 8 || value >= 0) return m_cells.setInteger(column, value);
                return m_cells.refuse(column, fail("npy.values_became_missing"));
            }
            case NpyKind::Date: {
                bool missing = false;
                const auto time = npyTime(type, at, missing);
                if (!missing) m_cells.setTime(column, time);
                return;
            }
            default: {
                const auto text = npyText(type, at, fine);
                if (!fine) return m_cells.refuse(column, fail("npy.values_became_missing"));
                return m_cells.setText(column, text);
            }
        }
    }

    const std::vector<NpyPart>& m_parts;
    const NpyPlan& m_plan;
    CellTable& m_cells;
    std::vector<std::size_t> m_first;
    std::size_t m_subset = 0;
    std::vector<std::vector<std::byte>> m_raw;
    std::vector<std::byte> m_tensor;
};

ColumnInfo npyTensorInfo(const NpyArray& array, const NpyReader& reader, std::int64_t rows) {
    ColumnInfo info;
    info.id = newUuid();
    info.name = array.name;
    info.kind = ColumnKind::Tensor;
    info.elementType = npyElementType(reader.fields()[0].type);
    info.elementShape = array.elementShape;
    info.rows = rows;
    return info;
}

bool anyCells(const NpyPlan& plan) {
    return !plan.blockSubset.empty() || std::any_of(plan.arrays.begin(), plan.arrays.end(), [](const NpyArray& array) { return !array.tensor; });
}

/// Puts tensor columns back to their places among the others.
template <class T> std::vector<T> inNpyOrder(const NpyPlan& plan, const std::vector<NpyPart>& parts, std::vector<T> cells, std::vector<T> tensors) {
    std::vector<T> all;
    std::size_t cell = 0, tensor = 0;
    for (const auto& array : plan.arrays) {
        if (array.tensor) {
            all.push_back(std::move(tensors[tensor++]));
            continue;
        }
        const auto& reader = parts[array.parts[0]].reader;
        for (std::size_t n = static_cast<std::size_t>(reader.rowValues()) * reader.fields().size(); n > 0; --n) all.push_back(std::move(cells[cell++]));
    }
    while (cell < cells.size()) all.push_back(std::move(cells[cell++]));
    return all;
}

Result<ImportPreview> previewNpyFile(const Path& path, const NpySettings& settings, std::int64_t rows, const CancelToken& cancel) {
    const NpyScratch scratch(std::filesystem::temp_directory_path());
    LAMINA_TRY(auto parts, openNpyParts(path, scratch.path(), true, cancel));
    LAMINA_TRY(const auto plan, planNpy(parts, settings));
    CellTable cells(settings, rows, cancel);
    NpyCopy copy(parts, plan, cells);
    LAMINA_CHECK(copy.declareColumns());
    LAMINA_CHECK(copy.run([](std::size_t, std::span<const std::byte>) -> Result<void> { return {}; }, rows));
    ImportPreview preview;
    std::vector<ColumnInfo> tensors;
    for (const auto& array : plan.arrays)
        if (array.tensor) tensors.push_back(npyTensorInfo(array, parts[array.parts[0]].reader, cells.rows()));
    std::vector<std::vector<std::string>> texts(static_cast<std::size_t>(cells.rows()));
    if (anyCells(plan)) {
        LAMINA_TRY(preview, cells.preview());
        texts = std::move(preview.rows);
    }
    preview.columns = inNpyOrder(plan, parts, std::move(preview.columns), tensors);
    preview.rows.clear();
    for (auto& row : texts) {
        std::vector<std::string> tensorTexts;
        for (const auto& info : tensors) tensorTexts.push_back(std::string(dtypeName(info.elementType)) + " " + shapeText(info.elementShape));
        preview.rows.push_back(inNpyOrder(plan, parts, std::move(row), std::move(tensorTexts)));
    }
    preview.issues.insert(preview.issues.end(), plan.issues.begin(), plan.issues.end());
    return preview;
}

Result<ImportedTable> importNpyFile(const Path& path, const NpySettings& settings, const Path& folder, const ImportJob& job) {
    const NpyScratch scratch(folder);
    LAMINA_TRY(auto parts, openNpyParts(path, scratch.path(), false, job.cancel));
    LAMINA_TRY(const auto plan, planNpy(parts, settings));
    CellTable cells(settings, folder, job);
    NpyCopy copy(parts, plan, cells);
    LAMINA_CHECK(copy.declareColumns());
    std::vector<std::unique_ptr<ColumnFileWriter>> tensors;
    std::vector<std::size_t> writerOf(plan.arrays.size(), 0);
    for (std::size_t a = 0; a < plan.arrays.size(); ++a) {
        if (!plan.arrays[a].tensor) continue;
        auto info = npyTensorInfo(plan.arrays[a], parts[plan.arrays[a].parts[0]].reader, 0);
        std::uint64_t bytes = 0;
        for (const auto rows : plan.blockRows) bytes += static_cast<std::uint64_t>(rows) * elementBytes(info);
        writerOf[a] = tensors.size();
        LAMINA_TRY(auto writer, ColumnFileWriter::create(folder, std::move(info), bytes));
        tensors.push_back(std::move(writer));
    }
    LAMINA_CHECK(copy.run([&](std::size_t a, std::span<const std::byte> bytes) { return tensors[writerOf[a]]->appendElements(bytes); },
                          std::numeric_limits<std::int64_t>::max()));
    for (const auto& part : parts) LAMINA_CHECK(part.reader.checkUnchanged());
    for (auto& writer : tensors) LAMINA_CHECK(writer->seal());
    std::vector<std::unique_ptr<ColumnFileWriter>> others;
    if (anyCells(plan)) {
        LAMINA_TRY(others, cells.seal());
    }
    auto writers = inNpyOrder(plan, parts, std::move(others), std::move(tensors));
    ImportedTable table;
    LAMINA_TRY(table.columns, publishAll(writers));
    table.rows = cells.rows();
    table.issues = cells.issues();
    table.issues.insert(table.issues.end(), plan.issues.begin(), plan.issues.end());
    return table;
}

Result<ImportPreview> previewNpy(const Path& path, const NpySettings& settings, std::int64_t rows, const CancelToken& cancel) {
    return namingFile(previewNpyFile(path, settings, rows, cancel), path);
}

Result<ImportedTable> importNpy(const Path& path, const NpySettings& settings, const Path& folder, const ImportJob& job) {
    return namingFile(importNpyFile(path, settings, folder, job), path);
}

double probeNpy(const Path& path) {
    const auto file = SourceFile::open(path);
    std::byte start[6];
    if (!file || file->size() < 6 || !file->read(0, start)) return 0;
    if (std::memcmp(start, "\x93NUMPY", 6) == 0) return 0.98;
    if (start[0] != std::byte{'P'} || start[1] != std::byte{'K'}) return 0;
    auto archive = ArchiveFile::open(path);
    if (!archive) return 0;
    const auto entry = archive->next();
    return entry && *entry && (*entry)->name.ends_with(".npy") ? 0.96 : 0;
}

}  // namespace

const ImporterType& npy_importer() {
    static const ImporterType type = ImporterDescriptor<NpySettings, probeNpy, previewNpy, importNpy>{
        .id = "npy",
        .title = "NumPy arrays (NPY, NPZ)",
        .summary = "One array, or several whose first axes agree; further axes become columns or one array per row (pictures).",
        .patterns = {"*.npy", "*.npz"},
        .properties = withCellProperties<NpySettings>({
            property("matrix", &NpySettings::matrix, "Two-axis arrays", "A column for each value of a row, or one array per row; auto: columns up to 256.",
                     {.choices = {"auto", "columns", "tensor"}}),
            property("layout", &NpySettings::layout, "Order of axes", "auto puts the colours of pictures (height, width, colour) first; as_is changes nothing.",
                     {.choices = {"auto", "as_is"}}),
            property("arrays", &NpySettings::arrays, "Arrays", "Names of the arrays to take, separated by commas. Empty: all that fit together."),
        })};
    return type;
}

}  // namespace lamina

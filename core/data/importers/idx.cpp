// IDX, the format of MNIST and Fashion-MNIST: uint8 images with one uint8 label each, in two files per set.
#include <algorithm>
#include <cctype>
#include <cstring>

#include "core/base/uuid.h"
#include "core/data/importers/idx_files.h"
#include "core/data/importers/idx_reader.h"
#include "core/data/importers/importer.h"

namespace lamina {

namespace {

struct IdxSettings {
    std::string classNames;  ///< comma separated; empty: known by the folder's name, else the digits
};

/// One images file and its labels, headers checked against each other.
struct IdxSet {
    IdxPair files;
    IdxReader images, labels;
};

std::vector<std::string> splitNames(const std::string& text) {
    std::vector<std::string> names(1);
    for (const char c : text) {
        if (c == ',') names.emplace_back();
        else if (c != ' ' || !names.back().empty()) names.back() += c;
    }
    for (auto& name : names) name.erase(name.find_last_not_of(' ') + 1);
    return names;
}

bool isFashion(const Path& images) {
    std::string name = std::filesystem::absolute(images).parent_path().filename().string();
    std::transform(name.begin(), name.end(), name.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return name.find("fashion") != std::string::npos;
}

Result<std::vector<std::string>> classNamesFor(const IdxSettings& settings, const Path& images) {
    if (settings.classNames.empty()) {
        if (isFashion(images)) return splitNames("T-shirt/top,Trouser,Pullover,Dress,Coat,Sandal,Shirt,Sneaker,Bag,Ankle boot");
        return splitNames("0,1,2,3,4,5,6,7,8,9");
    }
    auto names = splitNames(settings.classNames);
    auto sorted = names;
    std::sort(sorted.begin(), sorted.end());
    const auto twin = std::adjacent_find(sorted.begin(), sorted.end());
    if (twin != sorted.end()) return fail("idx.class_names", {{"name", *twin}});
    if (sorted.front().empty()) return fail("idx.class_names", {{"name", sorted.front()}});
    return names;
}

Result<std::vector<IdxSet>> openSets(const Path& path) {
    LAMINA_TRY(auto pairs, findIdxPairs(path));
    std::vector<IdxSet> sets;
    for (auto& pair : pairs) {
        LAMINA_TRY(auto images, IdxReader::open(pair.images, 3));
        LAMINA_TRY(auto labels, IdxReader::open(pair.labels, 1));
        if (images.items() != labels.items()) {
            return fail("idx.count_mismatch", {{"file", pair.labels.string()},
                                               {"labels", std::to_string(labels.items())},
                                               {"images", std::to_string(images.items())},
                                               {"imagesFile", pair.images.filename().string()}});
        }
        if (!sets.empty() && (images.shape()[1] != sets[0].images.shape()[1] || images.shape()[2] != sets[0].images.shape()[2])) {
            return fail("idx.sizes_differ", {{"file", pair.images.string()},
                                             {"found", shapeText({images.shape()[1], images.shape()[2]})},
                                             {"expected", shapeText({sets[0].images.shape()[1], sets[0].images.shape()[2]})}});
        }
        sets.push_back({std::move(pair), std::move(images), std::move(labels)});
    }
    return sets;
}

Result<std::int32_t> checkedLabel(std::byte label, std::int64_t item, const IdxSet& set, const std::vector<std::string>& names) {
    const auto code = std::to_integer<std::int32_t>(label);
    if (code < static_cast<std::int32_t>(names.size())) return code;
    return fail("idx.label", {{"file", set.files.labels.string()},
                              {"label", std::to_string(code)},
                              {"item", std::to_string(item + 1)},
                              {"classes", std::to_string(names.size())}});
}

ColumnInfo imageInfo(const IdxSet& set) {
    ColumnInfo info;
    info.id = newUuid();
    info.name = "image";
    info.kind = ColumnKind::Tensor;
    info.elementType = DType::UInt8;
    info.elementShape = {1, set.images.shape()[1], set.images.shape()[2]};
    return info;
}

ColumnInfo categoryInfo(const char* name) {
    ColumnInfo info;
    info.id = newUuid();
    info.name = name;
    info.kind = ColumnKind::Category;
    info.elementType = DType::Int32;
    return info;
}

std::vector<ColumnInfo> columnsOf(const std::vector<IdxSet>& sets, const std::vector<std::string>& names) {
    std::vector<ColumnInfo> infos{imageInfo(sets[0]), categoryInfo("label")};
    infos[1].dictionary = names;
    if (sets.size() > 1) {
        infos.push_back(categoryInfo("subset"));
        infos.back().dictionary = {"training", "test"};
    }
    return infos;
}

/// Copies the sets into the columns, about a megabyte at a time.
class IdxCopy {
public:
    IdxCopy(std::vector<IdxSet>& sets, const std::vector<std::string>& names, const ImportJob& job) : m_sets(sets), m_names(names), m_job(job) {
        for (const auto& set : sets) m_total += set.images.items();
    }

    Result<void> run(const std::vector<std::unique_ptr<ColumnFileWriter>>& writers) {
        for (auto& set : m_sets) {
            const std::int64_t chunk = std::max<std::int64_t>(1, (std::int64_t{1} << 20) / set.images.itemBytes());
            for (std::int64_t item = 0; item < set.images.items(); item += chunk) {
                LAMINA_CHECK(copy(set, item, std::min(chunk, set.images.items() - item), writers));
            }
            LAMINA_CHECK(set.images.finish());
            LAMINA_CHECK(set.labels.finish());
        }
        return {};
    }

private:
    Result<void> copy(IdxSet& set, std::int64_t first, std::int64_t count, const std::vector<std::unique_ptr<ColumnFileWriter>>& writers) {
        if (m_job.cancel.cancelled()) return fail("job.cancelled");
        m_pixels.resize(static_cast<std::size_t>(count * set.images.itemBytes()));
        m_labels.resize(static_cast<std::size_t>(count));
        LAMINA_CHECK(set.images.read(m_pixels));
        LAMINA_CHECK(set.labels.read(m_labels));
        ColumnData codes(ColumnKind::Category), subset(ColumnKind::Category);
        for (std::int64_t i = 0; i < count; ++i) {
            LAMINA_TRY(const std::int32_t code, checkedLabel(m_labels[static_cast<std::size_t>(i)], first + i, set, m_names));
            codes.addCode(code);
            subset.addCode(set.files.test ? 1 : 0);
        }
        LAMINA_CHECK(writers[0]->appendElements(m_pixels));
        LAMINA_CHECK(writers[1]->append(codes.view()));
        if (writers.size() > 2) LAMINA_CHECK(writers[2]->append(subset.view()));
        m_done += count;
        if (m_job.progress) m_job.progress({"import", m_done, m_total, "rows"});
        return {};
    }

    std::vector<IdxSet>& m_sets;
    const std::vector<std::string>& m_names;
    const ImportJob& m_job;
    std::vector<std::byte> m_pixels, m_labels;
    std::int64_t m_done = 0, m_total = 0;
};

double probeIdx(const Path& path) {
    std::error_code ignored;
    if (std::filesystem::is_directory(path, ignored)) {
        const auto pairs = findIdxPairs(path);
        return pairs.ok() || pairs.error().code != "idx.no_images" ? 0.9 : 0.0;
    }
    if (!std::filesystem::is_regular_file(path, ignored)) return 0.0;
    return IdxReader::open(path, 3).ok() || IdxReader::open(path, 1).ok() ? 0.95 : (isIdxImagesName(path) ? 0.5 : 0.0);
}

Result<ImportPreview> previewIdx(const Path& path, const IdxSettings& settings, std::int64_t rows, const CancelToken&) {
    LAMINA_TRY(auto sets, openSets(path));
    LAMINA_TRY(const auto names, classNamesFor(settings, sets[0].files.images));
    ImportPreview preview;
    preview.columns = columnsOf(sets, names);
    std::string joined;
    for (const auto& name : names) joined += (joined.empty() ? "" : ",") + name;
    preview.detected = {{"class_names", joined}};
    const std::string cell = "uint8 " + shapeText(preview.columns[0].elementShape);
    for (std::int64_t item = 0; item < std::min(rows, sets[0].labels.items()); ++item) {
        std::byte label;
        LAMINA_CHECK(sets[0].labels.read({&label, 1}));
        LAMINA_TRY(const std::int32_t code, checkedLabel(label, item, sets[0], names));
        preview.rows.push_back({cell, names[static_cast<std::size_t>(code)]});
        if (sets.size() > 1) preview.rows.back().push_back("training");
    }
    return preview;
}

Result<ImportedTable> importIdx(const Path& path, const IdxSettings& settings, const Path& folder, const ImportJob& job) {
    LAMINA_TRY(auto sets, openSets(path));
    LAMINA_TRY(const auto names, classNamesFor(settings, sets[0].files.images));
    std::uint64_t pixels = 0;
    for (const auto& set : sets) pixels += static_cast<std::uint64_t>(set.images.items() * set.images.itemBytes());

    std::vector<std::unique_ptr<ColumnFileWriter>> writers;
    for (auto& info : columnsOf(sets, names)) {
        LAMINA_TRY(auto writer, ColumnFileWriter::create(folder, std::move(info), writers.empty() ? pixels : 0));
        writers.push_back(std::move(writer));
    }
    LAMINA_CHECK(IdxCopy(sets, names, job).run(writers));
    for (auto& writer : writers) LAMINA_CHECK(writer->seal());
    LAMINA_TRY(auto columns, publishAll(writers));
    ImportedTable table;
    table.rows = columns[0].info.rows;
    table.columns = std::move(columns);
    return table;
}

}  // namespace

const ImporterType& idx_importer() {
    static const ImporterType type = ImporterDescriptor<IdxSettings, probeIdx, previewIdx, importIdx>{
        .id = "idx",
        .title = "IDX images (MNIST)",
        .summary = "Grey images with one label each in the files of MNIST and Fashion-MNIST; name the folder or one of the files.",
        .patterns = {"*idx3-ubyte", "*idx3-ubyte.gz", "*idx1-ubyte", "*idx1-ubyte.gz"},
        .properties = {property("class_names", &IdxSettings::classNames, "Class names",
                                "Names of the labels 0, 1, 2 …, separated by commas. Empty: known from the folder's name, else the digits.")},
    };
    return type;
}

}  // namespace lamina

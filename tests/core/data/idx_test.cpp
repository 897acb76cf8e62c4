#include <gtest/gtest.h>
#include <zlib.h>

#include <fstream>

#include "core/data/importers/importer.h"
#include "core/data/table.h"
#include "tests/support/fault_files.h"
#include "tests/core/data/made_table.h"

namespace lamina {
namespace {

std::string bigEndian(std::uint32_t n) {
    return {static_cast<char>(n >> 24), static_cast<char>(n >> 16), static_cast<char>(n >> 8), static_cast<char>(n)};
}

std::string idx(const std::vector<std::uint32_t>& sizes, const std::string& bytes, char type = 8) {
    std::string text{0, 0, type, static_cast<char>(sizes.size())};
    for (const std::uint32_t size : sizes) text += bigEndian(size);
    return text + bytes;
}

/// n images of 2×3 whose pixels count up, and labels 0, 1, 2, 0, 1 ….
std::string images(std::uint32_t n, char first = 0) {
    std::string bytes;
    for (std::uint32_t i = 0; i < n * 6; ++i) bytes += static_cast<char>(first + static_cast<char>(i));
    return idx({n, 2, 3}, bytes);
}
std::string labels(std::uint32_t n) {
    std::string bytes;
    for (std::uint32_t i = 0; i < n; ++i) bytes += static_cast<char>(i % 3);
    return idx({n}, bytes);
}

std::string gzip(const std::string& text) {
    z_stream stream{};
    deflateInit2(&stream, 6, Z_DEFLATED, 31, 8, Z_DEFAULT_STRATEGY);
    std::string out(deflateBound(&stream, text.size()), '\0');
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
    stream.avail_in = static_cast<uInt>(text.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    deflate(&stream, Z_FINISH);
    out.resize(stream.total_out);
    deflateEnd(&stream);
    return out;
}

class IdxImport : public testing::Test {
protected:
    void put(const std::string& name, const std::string& bytes) { std::ofstream(m_source / name, std::ios::binary) << bytes; }
    Result<ImportedTable> import(const Path& path, const nlohmann::json& settings = nlohmann::json::object(), const ImportJob& job = {}) {
        return importWith(*findImporter("idx"), path, settings, m_target / "columns", job);
    }
    Result<ImportedTable> import() { return import(m_source.path()); }
    /// The error's code; and nothing may be left behind.
    std::string refusal(const nlohmann::json& settings = nlohmann::json::object()) {
        const auto table = import(m_source.path(), settings);
        if (table) return "";
        const bool clean = !std::filesystem::exists(m_target / "columns") || std::filesystem::is_empty(m_target / "columns");
        EXPECT_TRUE(clean);
        return table.error().code;
    }

    TemporaryFolder m_source, m_target;
};

TEST_F(IdxImport, ADiskThatFailsAtAnyCallLeavesNothing) {
    put("train-images-idx3-ubyte", images(4));
    put("train-labels-idx1-ubyte", labels(4));
    int calls = 0;
    {
        FaultFiles counting;
        const auto guard = replaceFiles(counting);
        ASSERT_TRUE(importWith(*findImporter("idx"), m_source.path(), nlohmann::json::object(), m_target / "counted").ok());
        calls = static_cast<int>(counting.calls().size());
    }
    ASSERT_GT(calls, 6);
    for (int nth = 1; nth <= calls; ++nth) {
        FaultFiles faults;
        const auto guard = replaceFiles(faults);
        faults.failCall(nth);
        EXPECT_EQ(refusal(), "file.failed") << "call " << nth;
    }
}

TEST_F(IdxImport, ImagesAndLabelsBecomeATable) {
    put("train-images-idx3-ubyte", images(4));
    put("train-labels-idx1-ubyte", labels(4));
    const auto imported = import();
    ASSERT_TRUE(imported.ok()) << imported.error().debugText();
    EXPECT_EQ(imported->rows, 4);
    const Table table = *Table::open(imported->columns);
    ASSERT_EQ(table.columnCount(), 2u);
    EXPECT_EQ(table.info(0).name, "image");
    EXPECT_EQ(table.info(0).elementShape, (Shape{1, 2, 3}));
    EXPECT_EQ(std::to_integer<int>(table.view(0).element(2)[5]), 17);
    EXPECT_EQ(table.info(1).dictionary.size(), 10u);
    EXPECT_EQ(table.rowText(2), (std::vector<std::string>{"uint8 1×2×3", "2"}));
}

TEST_F(IdxImport, TrainingAndTestFilesGiveASubsetColumn) {
    put("t10k-images.idx3-ubyte.gz", gzip(images(2, 100)));
    put("t10k-labels.idx1-ubyte.gz", gzip(labels(2)));
    put("train-images.idx3-ubyte.gz", gzip(images(3)));
    put("train-labels.idx1-ubyte", labels(3));
    const auto imported = import();
    ASSERT_TRUE(imported.ok()) << imported.error().debugText();
    const Table table = *Table::open(imported->columns);
    EXPECT_EQ(table.rows(), 5);
    EXPECT_EQ(table.rowText(2)[2], "training");
    EXPECT_EQ(table.rowText(3)[2], "test");
    EXPECT_EQ(std::to_integer<int>(table.view(0).element(3)[0]), 100);
}

TEST_F(IdxImport, OneFileOfAPairIsEnough) {
    put("train-images-idx3-ubyte", images(3));
    put("train-labels-idx1-ubyte", labels(3));
    put("t10k-images-idx3-ubyte", images(2));
    put("t10k-labels-idx1-ubyte", labels(2));
    for (const char* name : {"t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte"}) {
        const auto imported = import(m_source / name);
        ASSERT_TRUE(imported.ok()) << imported.error().debugText();
        EXPECT_EQ(imported->rows, 2);
        EXPECT_EQ(imported->columns.size(), 2u);
    }
}

TEST_F(IdxImport, ClassNamesComeFromTheSettingOrTheFolder) {
    std::filesystem::create_directory(m_source / "my-Fashion");
    put("my-Fashion/train-images-idx3-ubyte", images(3));
    put("my-Fashion/train-labels-idx1-ubyte", labels(3));
    const auto fashion = import(m_source / "my-Fashion");
    EXPECT_EQ(fashion->columns[1].info.dictionary[9], "Ankle boot");
    const auto named = import(m_source / "my-Fashion", {{"class_names", "cat, dog,big bird"}});
    EXPECT_EQ(named->columns[1].info.dictionary, (std::vector<std::string>{"cat", "dog", "big bird"}));
}

TEST_F(IdxImport, ALabelWithoutNameIsRefusedWithItsPlace) {
    put("train-images-idx3-ubyte", images(3));
    put("train-labels-idx1-ubyte", labels(3));
    const auto result = import(m_source.path(), {{"class_names", "cat,dog"}});
    ASSERT_FALSE(result.ok());
    EXPECT_EQ(result.error().code, "idx.label");
    EXPECT_EQ(result.error().argument("item"), "3");
    EXPECT_EQ(result.error().argument("label"), "2");
    EXPECT_EQ(refusal({{"class_names", "cat,dog,cat"}}), "idx.class_names");
    EXPECT_EQ(refusal({{"class_names", "cat,,dog"}}), "idx.class_names");
}

TEST_F(IdxImport, AMissingPartnerIsNamed) {
    put("train-images-idx3-ubyte.gz", gzip(images(3)));
    const auto result = import();
    ASSERT_FALSE(result.ok());
    EXPECT_EQ(result.error().code, "idx.partner_missing");
    EXPECT_EQ(result.error().argument("partner"), "train-labels-idx1-ubyte.gz");
}

TEST_F(IdxImport, AFolderWithoutOrWithTooManySetsIsRefused) {
    EXPECT_EQ(refusal(), "idx.no_images");
    for (const char* set : {"a-train", "b-train"}) {
        put(std::string(set) + "-images-idx3-ubyte", images(3));
        put(std::string(set) + "-labels-idx1-ubyte", labels(3));
    }
    EXPECT_EQ(refusal(), "idx.several_sets");
}

TEST_F(IdxImport, EveryTruncationIsRefused) {
    const std::string plain = images(4), packed = gzip(plain);
    put("train-labels-idx1-ubyte", labels(4));
    for (std::size_t n = 0; n < plain.size(); ++n) {
        put("train-images-idx3-ubyte", plain.substr(0, n));
        const std::string code = refusal();
        EXPECT_TRUE(code == "idx.truncated" || code == "idx.size") << n << ": " << code;
    }
    std::filesystem::remove(m_source / "train-images-idx3-ubyte");
    for (std::size_t n = 0; n < packed.size(); ++n) {
        put("train-images-idx3-ubyte.gz", packed.substr(0, n));
        EXPECT_NE(refusal(), "") << n;
    }
    put("train-images-idx3-ubyte.gz", packed.substr(0, packed.size() - 4));
    EXPECT_EQ(refusal(), "idx.truncated");
}

TEST_F(IdxImport, ADamagedChecksumIsRefused) {
    std::string packed = gzip(images(4));
    packed[packed.size() - 6] ^= 1;
    put("train-images-idx3-ubyte.gz", packed);
    put("train-labels-idx1-ubyte", labels(4));
    EXPECT_EQ(refusal(), "idx.compressed_data");
}

TEST_F(IdxImport, HeadersThatLieAreRefusedBeforeAnythingIsAllocated) {
    put("train-labels-idx1-ubyte", labels(4));
    const std::string pixels(24, 'x');
    const std::vector<std::pair<std::string, std::string>> cases{
        {idx({0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFF}, pixels), "idx.size"}, {idx({4, 0xFFFFFFFF, 3}, pixels), "idx.size"},
        {idx({4, 0, 3}, pixels), "idx.size"},                            {idx({5, 2, 3}, pixels), "idx.size"},
        {idx({4, 2, 2}, pixels), "idx.trailing"},                        {idx({3, 2, 4}, pixels), "idx.count_mismatch"},
        {idx({4, 6}, pixels), "idx.dimensions"},                         {idx({4, 2, 3}, pixels, 13), "idx.element_type"},
        {"PNG" + pixels, "idx.magic"},                                   {"", "idx.truncated"},
    };
    for (const auto& [bytes, code] : cases) {
        put("train-images-idx3-ubyte", bytes);
        EXPECT_EQ(refusal(), code);
    }
    std::filesystem::remove(m_source / "train-images-idx3-ubyte");
    put("train-images-idx3-ubyte.gz", gzip(idx({4, 60000, 60000}, pixels)));
    EXPECT_EQ(refusal(), "idx.size");
    put("train-images-idx3-ubyte.gz", gzip(idx({4, 20, 20}, pixels)));
    EXPECT_EQ(refusal(), "idx.truncated");
}

TEST_F(IdxImport, ImagesOfTwoSizesAreRefused) {
    put("train-images-idx3-ubyte", images(3));
    put("train-labels-idx1-ubyte", labels(3));
    put("t10k-images-idx3-ubyte", idx({2, 3, 2}, std::string(12, 'x')));
    put("t10k-labels-idx1-ubyte", labels(2));
    EXPECT_EQ(refusal(), "idx.sizes_differ");
}

TEST_F(IdxImport, CancellingLeavesNothing) {
    put("train-images-idx3-ubyte", images(3));
    put("train-labels-idx1-ubyte", labels(3));
    ImportJob job;
    job.cancel.cancel();
    EXPECT_EQ(codeOf(import(m_source.path(), nlohmann::json::object(), job)), "job.cancelled");
    EXPECT_TRUE(std::filesystem::is_empty(m_target / "columns"));
}

TEST_F(IdxImport, IsFoundByNameAndContentAndPreviewsItsRows) {
    put("train-images-idx3-ubyte.gz", gzip(images(4)));
    put("train-labels-idx1-ubyte.gz", gzip(labels(4)));
    for (const Path& path : {m_source.path(), m_source / "train-images-idx3-ubyte.gz", m_source / "train-labels-idx1-ubyte.gz"}) {
        const auto importer = importerFor(path);
        ASSERT_TRUE(importer.ok()) << path;
        EXPECT_EQ((*importer)->id, "idx");
    }
    const auto preview = previewWith(*findImporter("idx"), m_source.path(), nlohmann::json::object(), 3);
    ASSERT_TRUE(preview.ok()) << preview.error().debugText();
    ASSERT_EQ(preview->rows.size(), 3u);
    EXPECT_EQ(preview->rows[1], (std::vector<std::string>{"uint8 1×2×3", "1"}));
    EXPECT_EQ(preview->detected["class_names"], "0,1,2,3,4,5,6,7,8,9");
}

TEST_F(IdxImport, ReadsTheRealFashionMnist) {
    const Path folder = "/usr/share/datasets/fashion-mnist";
    if (!std::filesystem::is_directory(folder)) GTEST_SKIP() << "the package dataset-fashion-mnist is not installed";
    const auto imported = import(folder);
    ASSERT_TRUE(imported.ok()) << imported.error().debugText();
    const Table table = *Table::open(imported->columns);
    EXPECT_EQ(table.rows(), 70000);
    EXPECT_EQ(table.info(0).elementShape, (Shape{1, 28, 28}));
    EXPECT_EQ(table.rowText(0), (std::vector<std::string>{"uint8 1×28×28", "Ankle boot", "training"}));
    std::vector<int> counts(10);
    for (std::int64_t row = 60000; row < 70000; ++row) ++counts[static_cast<std::size_t>(table.view(1).codes[static_cast<std::size_t>(row)])];
    EXPECT_EQ(counts, std::vector<int>(10, 1000));
    EXPECT_EQ(table.rowText(60000)[2], "test");
}

}  // namespace
}  // namespace lamina

#include "core/data/column_file.h"

#include <gtest/gtest.h>

#include <cmath>
#include <fstream>

#include "core/base/uuid.h"
#include "core/data/table.h"

namespace lamina {
namespace {

class ColumnFiles : public ::testing::Test {
protected:
    ColumnFiles() : folder(std::filesystem::temp_directory_path() / ("lamina-column-" + newUuid())) {}
    ~ColumnFiles() override { std::filesystem::remove_all(folder); }

    StoredColumn write(const ColumnData& data, int times = 1) {
        auto writer = ColumnFileWriter::create(folder, data.info("id", "name"));
        EXPECT_TRUE(writer.ok());
        for (int i = 0; i < times; ++i) EXPECT_TRUE((*writer)->append(data.view()).ok());
        auto stored = (*writer)->finish();
        EXPECT_TRUE(stored.ok());
        return *stored;
    }
    std::size_t count() const {
        std::size_t n = 0;
        for ([[maybe_unused]] const auto& entry : std::filesystem::directory_iterator(folder)) ++n;
        return n;
    }
    Path folder;
};

ColumnData texts() {
    ColumnData data(ColumnKind::Text);
    data.addText("one");
    data.addMissing();
    data.addText("数据");
    data.addText("");
    return data;
}

ColumnData categories() {
    ColumnData data(ColumnKind::Category);
    for (const int code : {0, 1, -1, 1}) data.addCode(code);
    data.setDictionary({"red", "blue"});
    return data;
}

TEST_F(ColumnFiles, TextReadsBackOverSeveralChunks) {
    const auto stored = write(texts(), 3);
    EXPECT_EQ(stored.info.rows, 12);
    EXPECT_EQ(stored.info.missing, 3);
    const auto column = ColumnFile::open(stored.path);
    ASSERT_TRUE(column.ok()) << column.error().debugText();
    const auto view = column->view();
    for (int i = 0; i < 3; ++i) {
        EXPECT_EQ(view.text(4 * i), "one");
        EXPECT_TRUE(view.isMissing(4 * i + 1));
        EXPECT_EQ(view.text(4 * i + 2), "数据");
        EXPECT_FALSE(view.isMissing(4 * i + 3));
    }
    EXPECT_EQ(count(), 1u);
}

TEST_F(ColumnFiles, NumbersIntegersAndCategoriesReadBack) {
    ColumnData numbers(ColumnKind::Number), integers(ColumnKind::Integer);
    for (int i = 0; i < 1000; ++i) {
        if (i % 7 == 3) numbers.addMissing(), integers.addMissing();
        else numbers.addNumber(i * 0.1), integers.addInteger(-i);
    }
    const auto n = ColumnFile::open(write(numbers).path), k = ColumnFile::open(write(integers).path), c = ColumnFile::open(write(categories()).path);
    ASSERT_TRUE(n.ok() && k.ok() && c.ok());
    EXPECT_EQ(n->info().missing, 143);
    EXPECT_EQ(n->view().numbers[11], numbers.view().numbers[11]);
    EXPECT_TRUE(std::isnan(n->view().number(3)));
    EXPECT_EQ(k->view().integers[999], -999);
    EXPECT_TRUE(k->view().isMissing(10));
    EXPECT_EQ(c->view().text(1), "blue");
    EXPECT_TRUE(c->view().isMissing(2));
}

TEST_F(ColumnFiles, TensorsReadBack) {
    ColumnInfo info;
    info.kind = ColumnKind::Tensor;
    info.elementType = DType::UInt8;
    info.elementShape = {1, 2, 3};
    auto writer = ColumnFileWriter::create(folder, info);
    ASSERT_TRUE(writer.ok());
    std::vector<std::byte> bytes(6 * 5);
    for (std::size_t i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<std::byte>(i);
    ASSERT_TRUE((*writer)->appendElements(bytes).ok());
    EXPECT_EQ((*writer)->appendElements(std::span(bytes).first(5)).error().code, "column.bad_chunk");
    const auto stored = (*writer)->finish();
    ASSERT_TRUE(stored.ok());
    const auto column = ColumnFile::open(stored->path);
    ASSERT_TRUE(column.ok()) << column.error().debugText();
    EXPECT_EQ(column->info().elementShape, (Shape{1, 2, 3}));
    EXPECT_EQ(column->view().element(4)[5], std::byte{29});
    EXPECT_EQ(displayText(column->view(), column->info(), 0), "uint8 1×2×3");
}

TEST_F(ColumnFiles, EqualContentIsOneFileNamedByItsHash) {
    const auto first = write(texts()), second = write(texts());
    EXPECT_TRUE(first.created);
    EXPECT_FALSE(second.created);
    EXPECT_EQ(first.path, second.path);
    EXPECT_EQ(count(), 1u);
    EXPECT_TRUE(verifyColumnFile(first.path).ok());
}

TEST_F(ColumnFiles, AnUnfinishedWriterLeavesNothing) {
    {
        auto writer = ColumnFileWriter::create(folder, texts().info("", ""));
        ASSERT_TRUE(writer.ok());
        ASSERT_TRUE((*writer)->append(texts().view()).ok());
        EXPECT_GT(count(), 0u);
    }
    EXPECT_EQ(count(), 0u);
}

TEST_F(ColumnFiles, NoDamagedByteAndNoTruncationCrashesTheReader) {
    for (const auto& data : {texts(), categories()}) {
        const auto stored = write(data);
        const auto bytes = readFile(stored.path);
        ASSERT_TRUE(bytes.ok());
        for (std::size_t i = 0; i < bytes->size(); ++i) {
            for (const unsigned flip : {0x01u, 0x80u, 0xFFu}) {
                auto changed = *bytes;
                changed[i] ^= static_cast<std::byte>(flip);
                const Path path = folder / "changed.column";
                std::ofstream(path, std::ios::binary).write(reinterpret_cast<const char*>(changed.data()), static_cast<std::streamsize>(changed.size()));
                EXPECT_FALSE(verifyColumnFile(path).ok());
                const auto column = ColumnFile::open(path);
                if (!column) continue;
                for (std::int64_t row = 0; row < column->info().rows; ++row) (void)displayText(column->view(), column->info(), row);
            }
        }
        for (std::size_t size = 0; size < bytes->size(); ++size) {
            const Path path = folder / "short.column";
            std::ofstream(path, std::ios::binary).write(reinterpret_cast<const char*>(bytes->data()), static_cast<std::streamsize>(size));
            EXPECT_EQ(ColumnFile::open(path).error().code, "column.damaged") << size;
        }
    }
}

/// Fails the nth call, counting every call that can fail.
class FailingFiles final : public FileSystem {
public:
    explicit FailingFiles(int nth) : m_left(nth) {}
    bool failed() const { return m_left < 0; }
    Result<std::unique_ptr<OutputFile>> create(const Path& path) override {
        LAMINA_CHECK(step());
        LAMINA_TRY(auto file, FileSystem::create(path));
        return std::unique_ptr<OutputFile>(new Failing(*this, std::move(file)));
    }
    Result<void> rename(const Path& from, const Path& to) override {
        LAMINA_CHECK(step());
        return FileSystem::rename(from, to);
    }

private:
    Result<void> step() {
        if (m_left-- == 0) return fail("file.failed");
        return {};
    }
    class Failing final : public OutputFile {
    public:
        Failing(FailingFiles& owner, std::unique_ptr<OutputFile> file) : m_owner(owner), m_file(std::move(file)) {}
        Result<void> write(const void* bytes, std::size_t count) override {
            LAMINA_CHECK(m_owner.step());
            return m_file->write(bytes, count);
        }
        Result<void> writeAt(std::uint64_t offset, const void* bytes, std::size_t count) override { return m_file->writeAt(offset, bytes, count); }
        Result<void> sync() override {
            LAMINA_CHECK(m_owner.step());
            return m_file->sync();
        }
        Result<void> close() override { return m_file->close(); }

    private:
        FailingFiles& m_owner;
        std::unique_ptr<OutputFile> m_file;
    };
    int m_left;
};

TEST_F(ColumnFiles, EveryFailedCallIsReportedAndLeavesNothing) {
    bool reachedTheEnd = false;
    for (int nth = 0; !reachedTheEnd && nth < 50; ++nth) {
        FailingFiles failing(nth);
        const auto guard = replaceFiles(failing);
        auto all = [&]() -> Result<StoredColumn> {
            LAMINA_TRY(auto writer, ColumnFileWriter::create(folder, texts().info("", "")));
            LAMINA_CHECK(writer->append(texts().view()));
            return writer->finish();
        };
        const auto stored = all();
        reachedTheEnd = stored.ok();
        EXPECT_EQ(count(), stored.ok() ? 1u : 0u) << nth;
        EXPECT_EQ(stored.ok(), !failing.failed());
    }
    EXPECT_TRUE(reachedTheEnd);
}

TEST_F(ColumnFiles, ATableNeedsColumnsOfOneLength) {
    const auto a = write(texts()), b = write(texts(), 2);
    EXPECT_EQ(Table::open({a, b}).error().code, "table.row_counts_differ");
}

}  // namespace
}  // namespace lamina

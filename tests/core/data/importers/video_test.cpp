// Frames of films. The films in tests/fuzz/corpus/video (files/make_films.py) show their number in every frame: six squares, white for a bit that is set.
#include "core/data/importers/video_file.h"

#include <gtest/gtest.h>

#include <chrono>
#include <cmath>
#include <fstream>

#include "core/data/image_reader.h"
#include "core/data/importers/importer.h"
#include "core/data/table.h"
#include "tests/support/fault_files.h"
#include "tests/support/temporary_folder.h"

namespace lamina {
namespace {

const Path madeFilms = Path(LAMINA_SOURCE_DIR) / "tests/fuzz/corpus/video";

using Numbers = std::vector<std::int64_t>;

std::string filmBytes(const std::string& name) { return *readTextFile(madeFilms / name); }

void putFour(std::string& bytes, std::size_t at, std::uint32_t value) {
    for (std::size_t i = 0; i < 4; ++i) bytes[at + i] = static_cast<char>(value >> (24 - 8 * i));
}

class VideoImport : public testing::Test {
protected:
    void SetUp() override {
        const auto film = VideoFile::open(madeFilms / "film.mp4", {}, {});
        if (!film && film.error().code == "video.no_module") GTEST_SKIP() << "built without FFmpeg's libraries";
    }
    Path put(const std::string& name, const std::string& bytes) {
        std::filesystem::create_directories((m_source / name).parent_path());
        std::ofstream(m_source / name, std::ios::binary) << bytes;
        return m_source / name;
    }
    Result<ImportedTable> import(const Path& path, const nlohmann::json& settings = nlohmann::json::object(), const ImportJob& job = {}) {
        LAMINA_TRY(const auto* importer, importerFor(path));
        EXPECT_EQ(importer->id, "video");
        return importWith(*importer, path, settings, m_target / "columns", job);
    }
    Table read(const Path& path, const nlohmann::json& settings = nlohmann::json::object()) {
        auto imported = import(path, settings);
        EXPECT_TRUE(imported.ok()) << (imported ? "" : imported.error().debugText());
        if (!imported) return {};
        m_issues = imported->issues;
        return *Table::open(imported->columns);
    }
    /// The error's code; nothing may be left behind, and it may not take long.
    std::string refusal(const Path& path, const nlohmann::json& settings = nlohmann::json::object()) {
        const auto start = std::chrono::steady_clock::now();
        const auto imported = import(path, settings);
        EXPECT_LT(std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count(), 5.0) << path;
        EXPECT_TRUE(imported.ok() || nothingLeft()) << path;
        return imported ? "" : imported.error().code;
    }
    bool nothingLeft() { return !std::filesystem::exists(m_target / "columns") || std::filesystem::is_empty(m_target / "columns"); }
    std::int64_t issueCount(const std::string& code) const {
        for (const auto& issue : m_issues)
            if (issue.what.code == code) return issue.count;
        return 0;
    }

    TemporaryFolder m_source, m_target;
    std::vector<Issue> m_issues;
};

Image pictureOf(const Table& table, std::int64_t row) {
    auto image = ImageReader().read(table.view(0).text(row));
    EXPECT_TRUE(image.ok()) << (image ? "" : image.error().debugText());
    return image ? std::move(*image) : Image{};
}

Numbers frameNumbers(const Table& table) {
    const auto numbers = table.view(3).integers;
    return {numbers.begin(), numbers.end()};
}

/// What the squares of every row's picture say.
Numbers shownNumbers(const Table& table) {
    Numbers shown;
    for (std::int64_t row = 0; row < table.rows(); ++row) {
        const Image image = pictureOf(table, row);
        std::int64_t number = 0;
        for (std::int64_t bit = 0; bit < 6 && image.width == 96; ++bit) number |= std::int64_t{image.plane(0)[16 * image.width + 16 * bit + 8] > 128} << bit;
        shown.push_back(number);
    }
    return shown;
}

TEST_F(VideoImport, EveryFrameComesWithItsNumberAndItsTime) {
    const std::tuple<const char*, std::int64_t, double> films[] = {{"film.mp4", 60, 24}, {"film.webm", 24, 12}, {"film.avi", 5, 5}, {"film.ts", 10, 25}};
    for (const auto& [name, frames, rate] : films) {
        SCOPED_TRACE(name);
        const Table table = read(madeFilms / name, {{"every", 1}, {"pictures", "png"}});
        ASSERT_EQ(table.rows(), frames);
        EXPECT_EQ(shownNumbers(table), frameNumbers(table));
        for (std::int64_t row = 0; row < frames; ++row) {
            EXPECT_EQ(frameNumbers(table)[static_cast<std::size_t>(row)], row);
            EXPECT_NEAR(table.view(4).numbers[static_cast<std::size_t>(row)], static_cast<double>(row) / rate, 0.0006);  // Matroska's times are milliseconds
        }
        EXPECT_TRUE(m_issues.empty());
    }
}

TEST_F(VideoImport, TheSettingsSayWhichFrames) {
    const std::pair<nlohmann::json, Numbers> cases[] = {{nlohmann::json::object(), {0, 24, 48}},
                                                        {{{"frames_per_second", 4}}, {0, 6, 12, 18, 24, 30, 36, 42, 48, 54}},
                                                        {{{"frames_per_second", 0.5}}, {0, 48}},
                                                        {{{"frames_per_second", 1000}, {"from", 2.3}}, {56, 57, 58, 59}},
                                                        {{{"every", 25}}, {0, 25, 50}},
                                                        {{{"every", 59}}, {0, 59}},
                                                        {{{"every", 7}, {"from", 1}, {"to", 2}}, {28, 35, 42}},
                                                        {{{"from", 1.01}, {"to", 2.2}}, {25, 49}},
                                                        {{{"from", 2.4}}, {58}}};
    for (const auto& [settings, numbers] : cases) {
        SCOPED_TRACE(settings.dump());
        const Table table = read(madeFilms / "film.mp4", settings);
        EXPECT_EQ(frameNumbers(table), numbers);
        EXPECT_EQ(shownNumbers(table), numbers);
    }
    std::filesystem::remove_all(m_target / "columns");
    EXPECT_EQ(refusal(madeFilms / "film.mp4", {{"from", 2}, {"to", 1}}), "video.empty_span");
    EXPECT_EQ(refusal(madeFilms / "film.mp4", {{"from", 100}}), "video.no_frames");
}

TEST_F(VideoImport, ATurnedTelephonesFilmStandsUpright) {
    constexpr std::int32_t one = 0x10000;
    // The matrix of the track, and where the red that is stored at the lower left is to be seen: {right, below}.
    const std::tuple<std::array<std::int32_t, 4>, bool, bool> cases[] = {
        {{0, one, -one, 0}, false, false}, {{-one, 0, 0, -one}, true, false}, {{0, -one, one, 0}, true, true}, {{-one, 0, 0, one}, true, true}};
    for (const auto& [matrix, right, below] : cases) {
        std::string bytes = filmBytes("film.mp4");
        const auto at = bytes.find("tkhd") + 44;
        const std::size_t places[] = {0, 4, 12, 16};
        for (std::size_t i = 0; i < 4; ++i) putFour(bytes, at + places[i], static_cast<std::uint32_t>(matrix[i]));
        const Table table = read(put("turned.mp4", bytes), {{"to", 0.5}});
        ASSERT_EQ(table.rows(), 1);
        const Image image = pictureOf(table, 0);
        EXPECT_EQ(image.width, matrix[0] == 0 ? 64 : 96);
        EXPECT_EQ(image.height, matrix[0] == 0 ? 96 : 64);
        for (const bool x : {false, true})
            for (const bool y : {false, true}) {
                const std::int64_t at = (y ? image.height - 6 : 6) * image.width + (x ? image.width - 6 : 6);
                EXPECT_EQ(image.plane(0)[at] > image.plane(2)[at] + 80, x == right && y == below) << x << y;
            }
    }
}

TEST_F(VideoImport, FilmsOfAFolderKeepTheirNameAndTheirClass) {
    put("walk/a.mp4", filmBytes("film.mp4"));
    put("run/b.webm", filmBytes("film.webm"));
    put("run/c.mp4", "no film");
    put("run/d.mp4", filmBytes("locked.mp4"));
    put("run/notes.txt", "left out");
    put("run/code.ts", "export const left = 'out';");
    put("walk/e.ts", filmBytes("film.ts"));
    const Table table = read(m_source.path(), {{"largest_side", 48}});
    const char* names[] = {"image", "file", "video", "frame", "seconds", "class"};
    ASSERT_EQ(table.columnCount(), 6u);
    for (std::size_t i = 0; i < 6; ++i) EXPECT_EQ(table.info(i).name, names[i]);
    std::vector<std::vector<std::string>> cells;
    for (std::int64_t row = 0; row < table.rows(); ++row) {
        auto text = table.rowText(row);
        cells.push_back({text.begin() + 1, text.end()});
    }
    EXPECT_EQ(cells, (std::vector<std::vector<std::string>>{{"run/b.webm/frame_000000.jpg", "run/b.webm", "0", "0", "run"},
                                                            {"run/b.webm/frame_000012.jpg", "run/b.webm", "12", "1", "run"},
                                                            {"walk/a.mp4/frame_000000.jpg", "walk/a.mp4", "0", "0", "walk"},
                                                            {"walk/a.mp4/frame_000024.jpg", "walk/a.mp4", "24", "1", "walk"},
                                                            {"walk/a.mp4/frame_000048.jpg", "walk/a.mp4", "48", "2", "walk"},
                                                            {"walk/e.ts/frame_000000.jpg", "walk/e.ts", "0", "0", "walk"}}));
    EXPECT_EQ(table.info(2).dictionary, (std::vector<std::string>{"run/b.webm", "walk/a.mp4", "walk/e.ts"}));
    EXPECT_EQ(pictureOf(table, 0).width, 48);
    EXPECT_EQ(issueCount("video.not_a_video"), 1);
    EXPECT_EQ(issueCount("video.encrypted"), 1);
}

TEST_F(VideoImport, ThePreviewShowsPicturesAndGuessesHowManyRowsThereWillBe) {
    const auto preview = previewWith(*findImporter("video"), madeFilms / "film.mp4", {{"every", 6}}, 4);
    ASSERT_TRUE(preview) << preview.error().debugText();
    ASSERT_GE(preview->rows.size(), 1u);
    EXPECT_EQ(preview->rows[0][1], "film.mp4/frame_000000.jpg");
    EXPECT_EQ(preview->pictures.size(), preview->rows.size());
    EXPECT_EQ(preview->summary["estimated_rows"], 10);
    EXPECT_EQ(preview->summary["codec"], "h264");
    put("a/a.mp4", filmBytes("film.mp4"));
    put("b/b.avi", filmBytes("film.avi"));
    put("b/c.mp4", "no film");
    const auto folder = previewWith(*findImporter("video"), m_source.path(), nlohmann::json::object(), 4);
    ASSERT_TRUE(folder) << folder.error().debugText();
    ASSERT_GE(folder->rows.size(), 1u);
    EXPECT_EQ(folder->rows[0][5], "a");
    EXPECT_EQ(folder->summary["classes"].dump(), R"([{"count":1,"name":"a"},{"count":2,"name":"b"}])");
}

TEST_F(VideoImport, WhatIsNoFilmIsRefusedInWords) {
    EXPECT_EQ(refusal(put("text.mp4", "no film at all")), "video.not_a_video");
    EXPECT_EQ(refusal(put("begin.mp4", filmBytes("film.mp4").substr(0, 2000))), "video.damaged");
    EXPECT_EQ(refusal(madeFilms / "locked.mp4"), "video.encrypted");
    std::string strange = filmBytes("film.avi");
    for (auto at = strange.find("FMP4"); at != std::string::npos; at = strange.find("FMP4")) strange.replace(at, 4, "XYZW");
    EXPECT_EQ(refusal(put("strange.avi", strange)), "video.unknown_codec");
    std::string sound = filmBytes("film.webm");
    sound.replace(sound.find("V_VP9") - 2, 7, "\x86\x85" "A_AAC");
    sound[sound.find("\x83\x81\x01") + 2] = 2;
    EXPECT_EQ(refusal(put("sound.webm", sound)), "video.no_pictures");
    EXPECT_EQ(videoContainer(put("photo.mp4", std::string("\0\0\0\x18" "ftypheic\0\0\0\0mif1heic", 24))), "");
    for (const char* bytes : {"FLV\x01 xxxxxxxxxxxx", "#EXTM3U\nfile:///etc/passwd\n", ".RMFxxxxxxxxxxxx"}) {
        const auto importer = importerFor(put("list.mp4", bytes));
        ASSERT_FALSE(importer);
        EXPECT_EQ(importer.error().code, "import.format_video");
    }
}

TEST_F(VideoImport, AFilmThatIsCutShortGivesWhatIsThereAndSaysSo) {
    const Table table = read(put("cut.webm", filmBytes("film.webm").substr(0, 850)), {{"every", 1}});
    EXPECT_GT(table.rows(), 3);
    EXPECT_LT(table.rows(), 20);
    EXPECT_EQ(shownNumbers(table), frameNumbers(table));
    EXPECT_EQ(issueCount("video.ends_early"), 1);
}

TEST_F(VideoImport, HeadersThatLieCostNeitherTimeNorMemory) {
    const std::string honest = filmBytes("film.mp4");
    const auto lie = [&](const char* atom, std::size_t offset, std::uint32_t value) {
        std::string bytes = honest;
        putFour(bytes, bytes.find(atom, bytes.find("moov")) + 4 + offset, value);
        return put("lie.mp4", bytes);
    };
    // A length of a year, 65535 × 65535 pixels, a number of frames: none of it is believed.
    EXPECT_EQ(frameNumbers(read(lie("mdhd", 16, 0x7fffffff))), (Numbers{0, 24, 48}));
    EXPECT_EQ(frameNumbers(read(lie("avc1", 24, 0xffffffff))), (Numbers{0, 24, 48}));
    EXPECT_EQ(frameNumbers(read(lie("stts", 8, 0x7fffffff))), (Numbers{0, 24, 48}));
    std::filesystem::remove_all(m_target / "columns");
    EXPECT_EQ(refusal(lie("stsz", 8, 0x0fffffff)), "video.damaged");
}

TEST_F(VideoImport, NeitherACancelledImportNorAFullDiskLeavesAnything) {
    ImportJob job;
    job.progress = [&](const Progress&) { job.cancel.cancel(); };
    const auto cancelled = import(madeFilms / "film.mp4", {{"every", 1}}, job);
    ASSERT_FALSE(cancelled);
    EXPECT_EQ(cancelled.error().code, "job.cancelled");
    EXPECT_TRUE(nothingLeft());
    FaultFiles faults;
    const auto guard = replaceFiles(faults);
    faults.setRoom(1000);
    EXPECT_EQ(refusal(madeFilms / "film.mp4"), "disk.full");
    faults.heal();
    ASSERT_TRUE(import(madeFilms / "film.avi"));
    const int calls = static_cast<int>(faults.calls().size());
    std::filesystem::remove_all(m_target / "columns");
    for (int call = 1; call <= calls; ++call) {
        faults.failCall(call);
        EXPECT_NE(refusal(madeFilms / "film.avi"), "") << call;
    }
}

/// Another program takes the room that was there when it was looked for.
class FillingDisk : public FileSystem {
public:
    Result<std::unique_ptr<OutputFile>> create(const Path& path) override { return disk.create(path); }
    Result<void> rename(const Path& from, const Path& to) override { return disk.rename(from, to); }
    Result<void> remove(const Path& path) override { return disk.remove(path); }
    Result<void> makeFolder(const Path& path) override { return disk.makeFolder(path); }
    Result<std::uint64_t> freeBytes(const Path&) override { return std::uint64_t{1} << 40; }

    FaultFiles disk;
};

TEST_F(VideoImport, ADiskThatFillsWhileFramesAreWrittenLeavesNothing) {
    FillingDisk filling;
    const auto guard = replaceFiles(filling);
    constexpr std::uint64_t plenty = 1 << 30;
    filling.disk.setRoom(plenty);
    ASSERT_TRUE(import(madeFilms / "film.mp4", {{"every", 1}}));
    const std::uint64_t needed = plenty - *filling.disk.freeBytes("/");
    std::filesystem::remove_all(m_target / "columns");
    ASSERT_GT(needed, 2000u);
    for (std::uint64_t room = 0; room < needed; room += needed / 16) {
        filling.disk.setRoom(room);
        EXPECT_EQ(refusal(madeFilms / "film.mp4", {{"every", 1}}), "disk.full_while_writing") << "room for " << room;
    }
}

TEST_F(VideoImport, CancellingAtAnyMomentLeavesNothing) {
    int moments = 0;
    ImportJob counting;
    counting.progress = [&](const Progress&) { ++moments; };
    ASSERT_TRUE(import(madeFilms / "film.mp4", {{"every", 1}}, counting));
    std::filesystem::remove_all(m_target / "columns");
    ASSERT_GT(moments, 2);
    for (int moment = 1; moment <= moments; ++moment) {
        ImportJob job;
        int now = 0;
        job.progress = [&](const Progress&) {
            if (++now == moment) job.cancel.cancel();
        };
        const auto cancelled = import(madeFilms / "film.mp4", {{"every", 1}}, job);
        ASSERT_FALSE(cancelled) << moment;
        EXPECT_EQ(cancelled.error().code, "job.cancelled");
        EXPECT_TRUE(nothingLeft()) << moment;
    }
}

TEST(VideoModule, WithoutItTheReasonIsSaid) {
    const Path film = madeFilms / "film.mp4";
    const auto absent = VideoFile::open(film, {}, {1, "/nowhere/liblamina-video.so"});
    ASSERT_FALSE(absent);
    EXPECT_EQ(absent.error().code, "video.no_module");
    EXPECT_EQ(absent.error().argument("where"), "/nowhere/liblamina-video.so");
    const TemporaryFolder folder;
    std::ofstream(folder / "liblamina-video.so") << "no library";
    const auto broken = VideoFile::open(film, {}, {1, folder / "liblamina-video.so"});
    ASSERT_FALSE(broken);
    EXPECT_EQ(broken.error().code, "video.module_broken");
}

}  // namespace
}  // namespace lamina

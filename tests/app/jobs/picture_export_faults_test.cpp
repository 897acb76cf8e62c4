// Pictures that go out, from files and from tensors, on a disk that fails: what is there afterwards is whole, and the folder says that it is not all.
#include <gtest/gtest.h>

#include <chrono>
#include <map>

#include "app/jobs/annotation_jobs.h"
#include "core/annotation/formats/set_writer.h"
#include "core/data/image_decode.h"
#include "tests/support/fault_files.h"
#include "tests/support/temporary_folder.h"

namespace lamina {
namespace {

/// "copied": the project has the files; "decoded": tensors.
class PictureExportFaults : public testing::TestWithParam<const char*> {
protected:
    void SetUp() override {
        project = *Project::create(folder / "p.lamina");
        std::string images, boxes;
        for (int i = 1; i <= 5; ++i) {
            Image noise{3, 80, 100, {}};
            for (int p = 0; p < 3 * 8000; ++p) noise.pixels.push_back(static_cast<std::uint8_t>(p * (7919 + i) % 251));
            const auto png = *encodePng(noise);
            const std::string name = std::to_string(i) + ".png";
            std::filesystem::create_directories(folder / "source/images");
            ASSERT_TRUE(writeFileAtomically(folder / "source/images" / name, std::span(png)));
            images += (i > 1 ? "," : "") + std::string(R"({"width":100,"height":80,"file_name":")") + name + R"(","id":)" + std::to_string(i) + "}";
            boxes += (i > 1 ? "," : "") + std::string(R"({"category_id":3,"bbox":[1,2,30,40],"id":)") + std::to_string(i) + R"(,"image_id":)" + std::to_string(i) + "}";
        }
        std::filesystem::create_directories(folder / "source/annotations");
        ASSERT_TRUE(writeFileAtomically(folder / "source/annotations/instances_train.json",
                                        R"({"categories":[{"id":3,"name":"cat"}],"images":[)" + images + R"(],"annotations":[)" + boxes + "]}"));
        AnnotationImportRequest import;
        import.source = folder / "source";
        import.settings = {{"keep", GetParam()}, {"width", 100}, {"height", 80}};
        const auto imported = importAnnotations(*project, import);
        ASSERT_TRUE(imported) << imported.error().debugText();
    }
    AnnotationExportRequest request(const std::string& to) const {
        AnnotationExportRequest request;
        request.format = "coco";
        request.folder = folder / to;
        request.pictures = true;
        request.blur = {"cat"};
        return request;
    }
    /// Names and bytes.
    std::map<std::string, std::string> filesIn(const std::string& name) const {
        std::map<std::string, std::string> files;
        if (!std::filesystem::exists(folder / name)) return files;
        for (const auto& entry : std::filesystem::recursive_directory_iterator(folder / name))
            if (entry.is_regular_file()) files[entry.path().lexically_relative(folder / name).string()] = *readTextFile(entry.path());
        return files;
    }
    /// What is there is as it should be, and it does not look finished.
    void expectPart(const std::map<std::string, std::string>& whole, std::map<std::string, std::string> found) {
        const bool marked = found.erase(unfinishedExport) > 0;
        EXPECT_TRUE(marked || found.empty());
        for (const auto& [name, bytes] : found) {
            ASSERT_TRUE(whole.contains(name)) << name;
            EXPECT_EQ(bytes, whole.at(name)) << name;
        }
    }

    TemporaryFolder folder;
    std::unique_ptr<Project> project;
};

TEST_P(PictureExportFaults, AFullDiskIsToldAndLeavesOnlyWholePictures) {
    FaultFiles faults;
    const auto guard = replaceFiles(faults);
    constexpr std::uint64_t plenty = 1 << 30;
    faults.setRoom(plenty);
    const auto fine = exportAnnotations(*project, request("whole"));
    ASSERT_TRUE(fine) << fine.error().debugText();
    const std::uint64_t needed = plenty - *faults.freeBytes("/");
    const auto whole = filesIn("whole");
    ASSERT_GE(whole.size(), 6u);
    for (std::uint64_t room = 0; room < needed; room += needed / 20) {
        SCOPED_TRACE(room);
        faults.setRoom(room);
        const auto outcome = exportAnnotations(*project, request("out"));
        ASSERT_FALSE(outcome);
        EXPECT_TRUE(outcome.error().code.starts_with("disk.full")) << outcome.error().debugText();
        expectPart(whole, filesIn("out"));
        std::filesystem::remove_all(folder / "out");
    }
    faults.heal();
    EXPECT_TRUE(exportAnnotations(*project, request("out")));
    EXPECT_EQ(filesIn("out"), whole);
}

TEST_P(PictureExportFaults, AnyCallThatFailsIsToldAndLeavesOnlyWholePictures) {
    FaultFiles faults;
    const auto guard = replaceFiles(faults);
    faults.heal();
    ASSERT_TRUE(exportAnnotations(*project, request("whole")));
    const int calls = static_cast<int>(faults.calls().size());
    const auto whole = filesIn("whole");
    for (int call = 1; call <= calls; ++call) {
        SCOPED_TRACE(call);
        faults.failCall(call, FaultFiles::Often::ForEver);
        const auto outcome = exportAnnotations(*project, request("out"));
        ASSERT_FALSE(outcome);
        faults.heal();
        auto found = filesIn("out");
        std::erase_if(found, [](const auto& file) { return Path(file.first).extension() == ".part"; });  // a disk that lets nothing be removed
        expectPart(whole, found);
        std::filesystem::remove_all(folder / "out");
    }
}

TEST_P(PictureExportFaults, AnExportThatFailsAtOnceDoesNotCallFinishedWhatAnEarlierOneLeft) {
    ASSERT_TRUE(markUnfinished(folder / "out"));
    FaultFiles faults;
    const auto guard = replaceFiles(faults);
    faults.setRoom(1000);  // for the note, not for a picture
    ASSERT_FALSE(exportAnnotations(*project, request("out")));
    EXPECT_EQ(unfinishedIssues(folder / "out").size(), 1u);
    faults.heal();
    ASSERT_TRUE(exportAnnotations(*project, request("out")));
    EXPECT_TRUE(unfinishedIssues(folder / "out").empty());
}

TEST_P(PictureExportFaults, WhatAKilledExportLeftGoesWithTheNextOne) {
    ASSERT_TRUE(exportAnnotations(*project, request("out")));
    const auto whole = filesIn("out");
    const Path place = (folder / "out" / whole.rbegin()->first).parent_path();
    for (const char* name : {".1.png.0123456789ab.part", ".2.png.ba9876543210.part", ".notes.part"}) ASSERT_TRUE(writeFileAtomically(place / name, "half"));
    for (const char* name : {".1.png.0123456789ab.part", ".notes.part"})
        std::filesystem::last_write_time(place / name, std::filesystem::file_time_type::clock::now() - std::chrono::minutes(5));
    ASSERT_TRUE(exportAnnotations(*project, request("out")));
    EXPECT_FALSE(std::filesystem::exists(place / ".1.png.0123456789ab.part"));
    EXPECT_TRUE(std::filesystem::exists(place / ".2.png.ba9876543210.part")) << "somebody may be writing it";
    EXPECT_TRUE(std::filesystem::exists(place / ".notes.part")) << "somebody's own file";
}

INSTANTIATE_TEST_SUITE_P(Kept, PictureExportFaults, testing::Values("copied", "decoded"), [](const auto& info) { return std::string(info.param); });

}  // namespace
}  // namespace lamina

// `lamina annotations` as people type it.
#include <gtest/gtest.h>

#include <csignal>
#include <thread>

#include "core/annotation/formats/set_writer.h"
#include "core/data/image_decode.h"
#include "tests/app/cli/program.h"

namespace lamina {
namespace {

class AnnotationsProgram : public testing::Test {
protected:
    void SetUp() override {
        for (const char* name : {"a", "b"}) {
            const auto bytes = encodePng(Image{1, 80, 100, std::vector<std::uint8_t>(8000, 90)});
            std::filesystem::create_directories(folder / "source");
            ASSERT_TRUE(writeFileAtomically(folder / "source" / (std::string(name) + ".png"), std::span(*bytes)));
        }
        ASSERT_TRUE(writeFileAtomically(folder / "source/x.json", R"({"categories":[{"id":2,"name":"cat"},{"id":5,"name":"dog"}],
            "images":[{"id":1,"file_name":"a.png","width":100,"height":80},{"id":2,"file_name":"b.png","width":100,"height":80}],
            "annotations":[{"id":1,"image_id":1,"category_id":2,"bbox":[1,2,30,40]},{"id":3,"image_id":2,"category_id":5,"bbox":[5,5,0,0]}]})"));
    }
    nlohmann::json program(std::vector<std::string> words) {
        words.insert(words.begin(), "annotations");
        words.push_back("--json");
        const auto outcome = RunningProgram(folder, words).wait();
        EXPECT_EQ(outcome.exitCode, 0) << outcome.out << outcome.err;
        return outcome.json();
    }
    TemporaryFolder folder;
};

TEST_F(AnnotationsProgram, LabelsGoInAreCountedChangedAndGoOut) {
    ASSERT_EQ(RunningProgram(folder, {"new", "p.lamina"}).wait().exitCode, 0);
    const auto imported = program({"p.lamina", "--import", "source"});
    EXPECT_EQ(imported["labels"], 2);
    EXPECT_EQ(imported["format"], "coco");
    auto counts = program({"p.lamina"});
    EXPECT_EQ(counts["states"]["labelled"], 2);
    EXPECT_EQ(counts["classes"][1]["number"], 5);
    const auto remarks = program({"p.lamina", "--remarks"});
    ASSERT_EQ(remarks["remarks"].size(), 1u);
    EXPECT_TRUE(remarks["remarks"][0].contains("label"));
    EXPECT_EQ(program({"p.lamina", "--class", "dog"})["items"].size(), 1u);
    program({"p.lamina", "--rename", "dog", "hound"});
    program({"p.lamina", "--merge", "hound", "cat"});
    counts = program({"p.lamina"});
    EXPECT_EQ(counts["classes"][0]["labels"], 2);
    const auto written = program({"p.lamina", "--to", "yolo", "--out", "yolo", "--with-pictures"});
    EXPECT_EQ(written["labels"], 2);
    EXPECT_EQ(written["renumbered"], true);
    EXPECT_EQ(program({"yolo"})["shapes"], 2);
    // The texts alone, for the pictures that the project has, and for a folder of them.
    std::filesystem::rename(folder / "yolo/images", folder / "elsewhere");
    EXPECT_EQ(RunningProgram(folder, {"annotations", "yolo", "--json"}).wait().errorCode(), "annotation.needs_pictures");
    EXPECT_EQ(program({"yolo", "--pictures", "elsewhere"})["shapes"], 2);
    EXPECT_EQ(program({"p.lamina", "--import", "yolo", "--dataset", "source"})["items"], 2);
    EXPECT_EQ(program({"p.lamina", "--import", "yolo", "--pictures", "elsewhere", "--name", "again"})["labels"], 2);
    const auto alone = RunningProgram(folder, {"annotations", "p.lamina", "--agreement", "ann", "bob", "--json"}).wait();
    EXPECT_EQ(alone.errorCode(), "labelling.agreement_needs_two");
}

TEST_F(AnnotationsProgram, ClassesCanBeMadeAndChangedBeforeAnythingIsLabelled) {
    ASSERT_EQ(RunningProgram(folder, {"new", "p.lamina"}).wait().exitCode, 0);
    program({"p.lamina", "--add-class", "cat", "--colour", "#d62728", "--key", "c", "--parent", "animal", "--description", "Any cat"});
    program({"p.lamina", "--add-class", "dog", "--add-class", "cow"});
    program({"p.lamina", "--change-class", "dog", "--key", "g"});
    const auto classes = program({"p.lamina", "--classes"})["classes"];
    ASSERT_EQ(classes.size(), 3u);
    EXPECT_EQ(classes[0]["name"].get<std::string>(), "cat");
    EXPECT_EQ(classes[0]["colour"].get<std::string>(), "#d62728");
    EXPECT_EQ(classes[0]["key"].get<std::string>(), "C");
    EXPECT_EQ(classes[0]["parent"].get<std::string>(), "animal");
    EXPECT_EQ(classes[1]["key"].get<std::string>(), "G");
    EXPECT_LT(classes[1]["order"].get<int>(), classes[2]["order"].get<int>());
    EXPECT_EQ(classes[2]["number"].get<int>(), 3) << "numbers are given as they come and are fixed for life";
    const auto refused = [&](std::vector<std::string> words) {
        words.insert(words.begin(), {"annotations", "p.lamina"});
        words.push_back("--json");
        return RunningProgram(folder, words).wait().errorCode();
    };
    EXPECT_EQ(refused({"--add-class", "cat"}), "label_class.name_taken");
    EXPECT_EQ(refused({"--add-class", "fox", "--colour", "red"}), "cli.annotations_colour");
    EXPECT_EQ(refused({"--add-class", "fox", "--key", "F1"}), "cli.annotations_key");
    EXPECT_EQ(refused({"--add-class", "fox", "--key", "g"}), "cli.annotations_key_taken");
    EXPECT_EQ(refused({"--add-class", "fox", "--add-class", "elk", "--key", "f"}), "cli.annotations_one_key");
    EXPECT_EQ(refused({"--change-class", "elk", "--key", "e"}), "label_class.not_found");
}

TEST_F(AnnotationsProgram, FilesOfAnotherProgramKeepAMapWhereTheirClassesGetOtherNumbers) {
    const auto written = program({"source", "--to", "yolo", "--out", "out"});
    EXPECT_EQ(written["renumbered"], true);
    EXPECT_EQ(*readTextFile(folder / "out/class_numbers.csv"), "class,number in the source,number in the files\ncat,2,0\ndog,5,1\n");
    EXPECT_EQ(program({"source", "--to", "coco", "--out", "same"})["renumbered"], false);
    EXPECT_FALSE(std::filesystem::exists(folder / "same/class_numbers.csv"));
    EXPECT_FALSE(std::filesystem::exists(folder / "same" / unfinishedExport));
}

TEST_F(AnnotationsProgram, OnlyWhatAPersonHasCheckedGoesOutWhereThatIsAsked) {
    ASSERT_EQ(RunningProgram(folder, {"new", "p.lamina"}).wait().exitCode, 0);
    program({"p.lamina", "--import", "source"});
    ASSERT_EQ(RunningProgram(folder, {"label", "p.lamina", "review", "--row", "1"}).wait().exitCode, 0);
    EXPECT_EQ(program({"p.lamina", "--state", "checked"})["items"].size(), 1u);
    EXPECT_EQ(program({"p.lamina", "--to", "coco", "--out", "all"})["items"], 2);
    EXPECT_EQ(program({"p.lamina", "--to", "coco", "--out", "checked", "--checked"})["items"], 1);
    EXPECT_EQ(program({"p.lamina", "--to", "coco", "--out", "labelled", "--state", "labelled"})["items"], 1);
}

TEST_F(AnnotationsProgram, AnExportThatIsKilledLeavesWholePicturesAndSaysThatItIsAPart) {
    std::filesystem::create_directories(folder / "idx");
    constexpr int items = 600;
    writeIdx(folder / "idx", "train", items);
    ASSERT_EQ(RunningProgram(folder, {"new", "p.lamina"}).wait().exitCode, 0);
    ASSERT_EQ(RunningProgram(folder, {"import", "p.lamina", "idx"}).wait().exitCode, 0);
    ASSERT_EQ(RunningProgram(folder, {"label", "p.lamina", "begin"}).wait().exitCode, 0);
    const std::vector<std::string> words{"annotations", "p.lamina", "--to", "coco", "--out", "out", "--with-pictures", "--json"};
    const auto pictures = [&] {
        std::vector<Path> files;
        std::error_code none;
        for (const auto& entry : std::filesystem::directory_iterator(folder / "out/images", none))
            if (entry.path().extension() == ".png") files.push_back(entry.path());
        return files;
    };
    RunningProgram killed(folder, words);
    for (int waited = 0; waited < 10'000 && pictures().size() < 20; ++waited) std::this_thread::sleep_for(std::chrono::milliseconds(1));
    killed.signal(SIGKILL);
    ASSERT_EQ(killed.wait().exitCode, -SIGKILL) << "it was quicker than the signal";
    ASSERT_LT(pictures().size(), static_cast<std::size_t>(items));
    for (const Path& file : pictures()) EXPECT_TRUE(decodeImage(*readFile(file))) << file;
    EXPECT_TRUE(std::filesystem::exists(folder / "out" / unfinishedExport));
    EXPECT_EQ(RunningProgram(folder, {"annotations", "out", "--json"}).wait().errorCode(), "annotation.none") << "labels come last";
    ASSERT_EQ(RunningProgram(folder, words).wait().exitCode, 0);
    EXPECT_EQ(pictures().size(), static_cast<std::size_t>(items));
    EXPECT_FALSE(std::filesystem::exists(folder / "out" / unfinishedExport));
    ASSERT_TRUE(markUnfinished(folder / "out"));
    EXPECT_EQ(program({"out"})["issues"][0]["code"], "annotation.unfinished");
}

TEST_F(AnnotationsProgram, TheWrongOrderIsRefusedWithTheRightOne) {
    ASSERT_EQ(RunningProgram(folder, {"new", "p.lamina"}).wait().exitCode, 0);
    const auto wrong = RunningProgram(folder, {"annotations", "source", "--import", "p.lamina", "--json"}).wait();
    EXPECT_EQ(wrong.exitCode, 2);
    EXPECT_EQ(wrong.errorCode(), "cli.annotations_order");
}

TEST_F(AnnotationsProgram, AnImportOfPicturesTellsOfTheAnnotationsAndVerifyOfPicturesThatAreGone) {
    ASSERT_EQ(RunningProgram(folder, {"new", "p.lamina"}).wait().exitCode, 0);
    const auto imported = RunningProgram(folder, {"import", "p.lamina", "source", "--set", "keep=in_place", "--json"}).wait();
    ASSERT_EQ(imported.exitCode, 0) << imported.out << imported.err;
    EXPECT_NE(imported.out.find("import.annotations_there"), std::string::npos) << imported.out;
    EXPECT_TRUE(RunningProgram(folder, {"verify", "p.lamina", "--json"}).wait().json()["issues"].empty());
    std::filesystem::remove(folder / "source/a.png");
    const auto verified = RunningProgram(folder, {"verify", "p.lamina", "--json"}).wait();
    EXPECT_EQ(verified.exitCode, 0);
    EXPECT_TRUE(verified.json()["ok"]);
    ASSERT_EQ(verified.json()["issues"].size(), 1u) << verified.out;
    EXPECT_EQ(verified.json()["issues"][0]["code"], "dataset.pictures_gone");
    EXPECT_EQ(verified.json()["issues"][0]["count"], 1);
}

TEST_F(AnnotationsProgram, LabelsAreOrderedLearnedFromProposedAndReviewed) {
    std::string csv = "x,side\n";
    for (int i = 0; i < 60; ++i) csv += std::to_string((i % 2 == 1 ? 3 : -3) + i / 100.0) + (i % 3 == 0 ? ",\n" : i % 2 == 1 ? ",right\n" : ",left\n");
    ASSERT_TRUE(writeFileAtomically(folder / "points.csv", csv));
    const auto label = [&](std::vector<std::string> words) {
        words.insert(words.begin(), {"label", "l.lamina"});
        words.push_back("--json");
        const auto outcome = RunningProgram(folder, words).wait();
        EXPECT_EQ(outcome.exitCode, 0) << outcome.out << outcome.err;
        return outcome.json();
    };
    ASSERT_EQ(RunningProgram(folder, {"new", "l.lamina"}).wait().exitCode, 0);
    ASSERT_EQ(RunningProgram(folder, {"import", "l.lamina", "points.csv", "--target", "side"}).wait().exitCode, 0);
    EXPECT_EQ(label({"begin", "--from-column", "side"})["labels"], 40);
    EXPECT_EQ(label({"order", "--by", "suspects", "--limit", "3"})["items"].size(), 3u);
    EXPECT_EQ(label({"next"})["order"], "suspects");
    EXPECT_EQ(label({"learn"})["labels"], 40);
    EXPECT_EQ(label({"propose", "--proposer", "label_model"})["proposed"], 20);
    const auto counts = [&] { return RunningProgram(folder, {"annotations", "l.lamina", "--json"}).wait().json(); };
    EXPECT_EQ(counts()["labels"], 40) << "what a model proposes is no label";
    EXPECT_EQ(counts()["proposals"], 20);
    EXPECT_EQ(label({"reject", "--row", "1"})["items"], 1);
    EXPECT_EQ(label({"accept", "--as", "ann"})["items"], 19);
    EXPECT_EQ(counts()["labels"], 59);
    EXPECT_EQ(counts()["proposals"], 0);
    EXPECT_EQ(label({"set", "--row", "1", "--class", "left"})["items"], 1);
    EXPECT_EQ(label({"review", "--row", "1", "--refuse", "--comment", "look again"})["items"], 1);
    const auto review = label({"review", "--limit", "100"});
    EXPECT_EQ(review["rejected"][0]["reviews"][0]["comment"], "look again");
    EXPECT_EQ(review["waiting"].size(), 59u);
}

TEST_F(AnnotationsProgram, TwoPeopleLabelTheSameItemsAndOneDecides) {
    ASSERT_TRUE(writeFileAtomically(folder / "points.csv", "x,side\n1,left\n2,right\n3,left\n4,right\n"));
    const auto label = [&](std::vector<std::string> words) {
        words.insert(words.begin(), "label");
        words.push_back("--json");
        const auto outcome = RunningProgram(folder, words).wait();
        EXPECT_EQ(outcome.exitCode, 0) << outcome.out << outcome.err;
        return outcome.json();
    };
    ASSERT_EQ(RunningProgram(folder, {"new", "p.lamina"}).wait().exitCode, 0);
    ASSERT_EQ(RunningProgram(folder, {"import", "p.lamina", "points.csv", "--target", "side"}).wait().exitCode, 0);
    label({"p.lamina", "begin", "--from-column", "side", "--as", "ann"});
    const auto blind = label({"p.lamina", "begin", "--blind", "--person", "bob"});
    EXPECT_EQ(blind["items"], 4);
    EXPECT_EQ(blind["labels"], 0);
    label({"p-bob.lamina", "set", "--row", "1", "--row", "2", "--class", "right"});
    const auto merged = label({"p.lamina", "session", "in", "p-bob.lamina"});
    EXPECT_EQ(merged["revisions"], 2);
    EXPECT_EQ(merged["disputes"], 1);
    EXPECT_EQ(label({"p.lamina", "session", "in", "p-bob.lamina"})["revisions"], 0);
    const auto disputes = label({"p.lamina", "disputes"});
    ASSERT_EQ(disputes["items"].size(), 1u);
    EXPECT_EQ(disputes["items"][0]["row"], 0);
    EXPECT_EQ(disputes["items"][0]["opinions"][1]["who"], "bob");
    label({"p.lamina", "settle", "--row", "1", "--choose", "2", "--as", "ann"});
    EXPECT_EQ(label({"p.lamina", "disputes"})["items"].size(), 0u);
    const auto agreement = label({"p.lamina", "agreement"});
    EXPECT_EQ(agreement["people"], (std::vector<std::string>{"ann", "bob"}));
    EXPECT_EQ(agreement["pairs"][0]["classified"], 2);
    EXPECT_EQ(agreement["pairs"][0]["cohen_kappa"], 0) << "one right, one wrong, and bob knows one class alone";
    const auto sent = label({"p.lamina", "session", "out", "carol", "--person", "carol", "--items", "2-3"});
    EXPECT_EQ(sent["items"], 2);
    label({"p.lamina", "session", "open", "carol.lamina-session"});
    label({"carol.lamina", "session", "back", "done.lamina-session"});
    EXPECT_EQ(label({"p.lamina", "session", "in", "done.lamina-session"})["items"], 0);
    EXPECT_EQ(label({"p.lamina", "session", "list"})["sessions"].size(), 2u);
    // Part by part, and without what is out: no item is in two packages.
    const auto refused = [&](std::vector<std::string> words) {
        words.insert(words.begin(), {"label", "p.lamina", "session", "out", "gus", "--person", "gus", "--json"});
        return RunningProgram(folder, words).wait().errorCode();
    };
    EXPECT_EQ(refused({"--part", "3", "--parts", "2"}), "cli.label_part");
    EXPECT_EQ(label({"p.lamina", "session", "out", "dan", "--person", "dan", "--part", "1", "--parts", "2"})["items"], 2);
    EXPECT_EQ(label({"p.lamina", "session", "out", "eve", "--person", "eve", "--not-out"})["items"], 2);
    EXPECT_EQ(refused({"--not-out"}), "label_session.all_out");
    EXPECT_EQ(RunningProgram(folder, {"label", "p.lamina", "session", "out", "x", "--person", "x", "--items", "3-1", "--json"}).wait().errorCode(), "cli.label_items");
}

}  // namespace
}  // namespace lamina

// The reserve of a disk that becomes full, and what the queue of labelling asks the project.
#include "core/project/disk_reserve.h"

#include <gtest/gtest.h>

#include "core/project/item_marks.h"
#include "core/project/label_edits.h"
#include "core/project/project.h"
#include "tests/support/fault_files.h"
#include "tests/support/temporary_folder.h"

namespace lamina {
namespace {

constexpr std::uint64_t reserveBytes = 3 << 20;

TEST(DiskReserveFile, IsMadeGivenUpOnceAndMadeAgain) {
    TemporaryFolder folder;
    DiskReserve reserve(folder / "reserve");
    EXPECT_FALSE(reserve.giveUp()) << "there is none";
    ASSERT_TRUE(reserve.make(reserveBytes));
    EXPECT_EQ(std::filesystem::file_size(folder / "reserve"), reserveBytes);
    EXPECT_EQ(reserve.state(), DiskReserve::State::Made);
    EXPECT_TRUE(reserve.giveUp());
    EXPECT_FALSE(std::filesystem::exists(folder / "reserve"));
    EXPECT_EQ(reserve.state(), DiskReserve::State::GivenUp);
    EXPECT_FALSE(reserve.giveUp());
    EXPECT_TRUE(reserve.make(reserveBytes));
}

TEST(DiskReserveFile, IsNotMadeWhereThereIsLittleRoomAndLeavesNothingBehindWhereItFails) {
    TemporaryFolder folder;
    FaultFiles faults;
    const auto guard = replaceFiles(faults);
    DiskReserve reserve(folder / "reserve");
    faults.setRoom(2 * reserveBytes);
    EXPECT_EQ(reserve.make(reserveBytes).error().code, "disk.full");
    faults.heal();
    for (int call = 1; call <= 6; ++call) {
        faults.failCall(call);
        EXPECT_FALSE(reserve.make(reserveBytes)) << call;
        faults.heal();
        EXPECT_FALSE(std::filesystem::exists(folder / "reserve")) << call;
    }
    EXPECT_EQ(reserve.state(), DiskReserve::State::None);
}

TEST(DiskReserveFile, AnEditThatFindsTheDiskFullIsMadeAfterAllWhileThereIsAReserve) {
    TemporaryFolder folder;
    const auto project = Project::create(folder / "p.lamina");
    ASSERT_TRUE(project);
    ASSERT_TRUE((*project)->reserve().make(reserveBytes));
    int tries = 0;
    const auto fullOnce = [&](SQLite::Database&) -> Result<void> {
        ++tries;
        if ((*project)->reserve().state() == DiskReserve::State::Made) return fail("disk.full_while_writing", {{"file", "p"}, {"reason", "made up"}});
        return {};
    };
    EXPECT_TRUE((*project)->store().edit(editName("edit.import_labels"), "a", fullOnce).get());
    EXPECT_EQ(tries, 2);
    const auto fullAlways = [&](SQLite::Database&) -> Result<void> { return fail("disk.full_while_writing", {{"file", "p"}, {"reason", "made up"}}); };
    EXPECT_EQ((*project)->store().edit(editName("edit.import_labels"), "a", fullAlways).get().error().code, "disk.full_while_writing") << "nothing is called saved that is not";
}

TEST(ItemMarks, FiltersByStateClassPersonNameCommentAndNumber) {
    TemporaryFolder folder;
    const auto project = Project::create(folder / "p.lamina");
    DatasetRecord dataset;
    dataset.name = "d";
    dataset.rows = 4;
    ASSERT_TRUE((*project)->datasets().add(dataset).get());
    auto& items = (*project)->labelItems();
    LabellingRecord labelling;
    labelling.key = *items.begin();
    labelling.datasetId = dataset.id;
    std::vector<LabelledItem> piece(4);
    for (std::int64_t i = 0; i < 4; ++i) {
        auto& item = piece[static_cast<std::size_t>(i)].item;
        item.position = i;
        item.identity = "photo_" + std::to_string(i * 11) + ".jpg";
        item.annotator = i < 2 ? "anna" : "bob";
        item.comment = i == 3 ? "100% blurred" : "";
    }
    AnnotationRecord label;
    label.classNumber = 2;
    piece[1].labels = {label};
    piece[1].item.state = ItemState::Labelled;
    ASSERT_TRUE(items.append(labelling.key, piece));
    ASSERT_TRUE(items.finish(editName("edit.import_labels"), labelling, {}).get());
    const auto& store = (*project)->store();
    const auto found = [&](QueueFilter filter) { return *queuePositions(store, labelling.key, filter); };
    using Positions = std::vector<std::int64_t>;
    QueueFilter filter;
    EXPECT_TRUE(filter.isNone());
    EXPECT_EQ(found(filter), (Positions{0, 1, 2, 3}));
    filter.items.classNumbers = {2, 9};
    EXPECT_EQ(found(filter), (Positions{1}));
    filter = {};
    filter.annotator = "bob";
    EXPECT_EQ(found(filter), (Positions{2, 3}));
    filter.search = "0%";
    EXPECT_EQ(found(filter), (Positions{3})) << "a sign of LIKE stands for itself";
    filter = {};
    filter.search = "PHOTO_22";
    EXPECT_EQ(found(filter), (Positions{2}));
    filter.search = "1";
    EXPECT_EQ(found(filter), (Positions{0, 1, 3})) << "the first one, and those with a 1 in their name or comment";
    EXPECT_EQ(*itemAnnotators(store, labelling.key), (std::vector<std::string>{"anna", "bob"}));
    const auto marks = *itemMarks(store, labelling.key);
    ASSERT_EQ(marks.size(), 4u);
    EXPECT_EQ(marks[1].state, ItemState::Labelled);
    EXPECT_TRUE(marks[3].commented);
}

}  // namespace
}  // namespace lamina

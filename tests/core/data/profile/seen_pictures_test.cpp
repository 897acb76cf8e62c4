// Pictures of a column are read once, by whoever asks first.
#include <gtest/gtest.h>

#include "core/data/profile/picture_profile.h"
#include "core/data/seen_picture.h"

namespace lamina {
namespace {

/// `unreadable`: the values stand for pictures that only a memory knows.
Table pictureColumn(std::int64_t rows, bool unreadable = false) {
    ColumnData pictures(ColumnKind::Image), numbers(ColumnKind::Number);
    for (std::int64_t row = 0; row < rows; ++row) {
        pictures.addText(unreadable ? "gone" : "P5\n2 2\n255\n" + std::string(4, static_cast<char>('a' + row)));
        numbers.addNumber(static_cast<double>(row));
    }
    return *Table::of({TableColumn::inMemory(std::move(numbers), "n", "n"), TableColumn::inMemory(std::move(pictures), "p", "p")});
}

struct KeptPictures {
    std::optional<SeenPictures> kept;
    int asked = 0;

    PictureMemory memory() {
        return {[this](std::size_t) {
                    ++asked;
                    return kept;
                },
                [this](std::size_t, const SeenPictures& seen) { kept = seen; }};
    }
};

TEST(SeenPictures, WhatWasSeenIsNotReadAgain) {
    KeptPictures kept;
    const Table table = pictureColumn(4), gone = pictureColumn(4, true);
    SeeingSettings how;
    how.remembered = 1;
    how.memory = kept.memory();
    ASSERT_TRUE(seePictures(table.column(1), how));
    ASSERT_TRUE(kept.kept);
    const auto again = seePictures(gone.column(1), how);
    ASSERT_TRUE(again);
    EXPECT_EQ(again->pictures[3].width, 2);
    EXPECT_EQ(kept.asked, 2);
}

TEST(SeenPictures, OfWhatWasSeenRowsThatAreNotThereDoNotCount) {
    KeptPictures kept;
    SeeingSettings how;
    how.remembered = 1;
    how.memory = kept.memory();
    ASSERT_TRUE(seePictures(pictureColumn(4).column(1), how));
    how.isThere = [](std::int64_t row) { return row != 2; };
    const auto some = seePictures(pictureColumn(4, true).column(1), how);
    ASSERT_TRUE(some);
    EXPECT_TRUE(some->pictures[1].signature.readable);
    EXPECT_FALSE(some->pictures[2].signature.readable);
    EXPECT_EQ(some->likeness.leaders[2], -1);
    EXPECT_TRUE(kept.kept->pictures[2].signature.readable) << "what is kept is of all rows";
}

TEST(SeenPictures, NeitherAPartNorWhatCouldNotBeReadIsKept) {
    KeptPictures kept;
    SeeingSettings how;
    how.remembered = 1;
    how.memory = kept.memory();
    ASSERT_TRUE(seePictures(pictureColumn(4, true).column(1), how));
    EXPECT_FALSE(kept.kept);
    how.isThere = [](std::int64_t row) { return row > 0; };
    ASSERT_TRUE(seePictures(pictureColumn(4).column(1), how));
    EXPECT_FALSE(kept.kept);
    how.cancel.cancel();
    EXPECT_EQ(seePictures(pictureColumn(4).column(1), how).error().code, "job.cancelled");
}

TEST(SeenPictures, AColumnIsKnownUnderAnyNameButNotWithOtherValues) {
    const Table table = pictureColumn(4), other = pictureColumn(4);
    const SourcePictures source{table, {}};
    EXPECT_EQ(source.indexOf(table.column(1)), 1u);
    EXPECT_EQ(source.indexOf(table.column(1).renamed("photo")), 1u);
    EXPECT_FALSE(source.indexOf(other.column(1)));
    EXPECT_FALSE(SourcePictures().indexOf(table.column(1)));
}

}  // namespace
}  // namespace lamina

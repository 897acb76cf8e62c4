// Places in texts, proposals of spans, lanes; what lies between two frames.
#include <gtest/gtest.h>

#include "core/annotation/span_dictionary.h"
#include "core/annotation/text_offsets.h"

namespace lamina {
namespace {

/// 1 byte and 1 unit, 2 and 1, 3 and 1, 4 and 2, 1 and 1.
const std::string mixedText = "a\u00e9\u4e2d\U0001f600z";

TEST(TextOffsets, CountCharactersBytesAndUnits) {
    const TextOffsets offsets(mixedText);
    EXPECT_EQ(offsets.characters(), 5);
    EXPECT_EQ(offsets.units(), 6);
    const std::int64_t bytes[] = {0, 1, 3, 6, 10, 11}, units[] = {0, 1, 2, 3, 5, 6};
    for (std::int64_t i = 0; i <= 5; ++i) {
        EXPECT_EQ(offsets.byteOf(i), bytes[i]);
        EXPECT_EQ(offsets.unitOf(i), units[i]);
        EXPECT_EQ(offsets.characterOfByte(bytes[i]), i);
        EXPECT_EQ(offsets.characterOfUnit(units[i]), i);
    }
    EXPECT_EQ(offsets.characterOfUnit(4), 3) << "within a pair";
    EXPECT_EQ(offsets.characterOfByte(8), 3);
    EXPECT_EQ(offsets.byteOf(99), 11);
    EXPECT_EQ(offsets.part(1, 3), "\u00e9\u4e2d");
    EXPECT_EQ(TextOffsets("").characters(), 0);
    EXPECT_EQ(TextOffsets("").unitOf(3), 0);
}

TEST(TextOffsets, FindTheirWayInLongTexts) {
    std::string text;
    for (int i = 0; i < 3000; ++i) text += mixedText;
    const TextOffsets offsets(text);
    EXPECT_EQ(offsets.characters(), 15000);
    EXPECT_EQ(offsets.units(), 18000);
    for (const std::int64_t i : {0, 127, 128, 129, 5000, 14999, 15000}) {
        EXPECT_EQ(offsets.byteOf(i), i / 5 * 11 + TextOffsets(mixedText).byteOf(i % 5));
        EXPECT_EQ(offsets.characterOfByte(offsets.byteOf(i)), i);
        EXPECT_EQ(offsets.characterOfUnit(offsets.unitOf(i)), i);
    }
}

TEST(SpanDictionary, ProposesWholeWordsLongestFirst) {
    SpanDictionary dictionary;
    dictionary.add(u"New York", "place");
    dictionary.add(u"York", "name");
    dictionary.add(u"a", "letter");
    const std::u16string text = u"New York and York, not Yorkshire; a NewYork.";
    const auto found = dictionary.proposals(text, {});
    ASSERT_EQ(found.size(), 2u);
    EXPECT_EQ(found[0], (SpanProposal{{0, 8}, "place"}));
    EXPECT_EQ(found[1], (SpanProposal{{13, 17}, "name"}));
    EXPECT_TRUE(SpanDictionary().proposals(text, {}).empty());
}

TEST(SpanDictionary, LeavesMarkedPlacesAloneAndTakesTheUsualClass) {
    SpanDictionary dictionary;
    dictionary.add(u"Acme", "person");
    dictionary.add(u"Acme", "firm");
    dictionary.add(u" Acme ", "firm");
    const std::u16string text = u"Acme buys Acme from Acme";
    const auto found = dictionary.proposals(text, {{20, 24}, {0, 9}});
    ASSERT_EQ(found.size(), 1u);
    EXPECT_EQ(found[0], (SpanProposal{{10, 14}, "firm"}));
}

TEST(SpanDictionary, FindsChineseWithoutBlanks) {
    SpanDictionary dictionary;
    dictionary.add(u"北京", "place");
    dictionary.add(u"京", "short");
    const auto found = dictionary.proposals(u"我在北京工作,京是北京。", {});
    ASSERT_EQ(found.size(), 3u);
    EXPECT_EQ(found[0].piece, (TextPiece{2, 4}));
    EXPECT_EQ(found[1], (SpanProposal{{7, 8}, "short"}));
    EXPECT_EQ(found[2].piece, (TextPiece{9, 11}));
}

TEST(SpanLanes, OverlappingOnesStandInDifferentLanes) {
    EXPECT_EQ(lanesOf({{0, 10}, {2, 5}, {5, 8}, {10, 12}, {4, 11}}), (std::vector<int>{0, 1, 1, 0, 2}));
    EXPECT_EQ(lanesOf({{0, 4}, {0, 10}}), (std::vector<int>{1, 0})) << "the longer one first";
}

}  // namespace
}  // namespace lamina

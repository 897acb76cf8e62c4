#include "app/cli/display_width.h"

#include <gtest/gtest.h>

#include "app/cli/terminal_table.h"

using namespace lamina;

TEST(DisplayWidth, ChineseTakesTwoColumnsAndCombiningMarksNone) {
    EXPECT_EQ(displayWidth("abc"), 3u);
    EXPECT_EQ(displayWidth("训练"), 4u);
    EXPECT_EQ(displayWidth("e\u0301"), 1u);
    EXPECT_EQ(displayWidth("×"), 1u);
}

TEST(DisplayWidth, TextThatIsNotUtf8StillHasAWidth) { EXPECT_EQ(displayWidth("a\xff\xe4"), 3u); }

TEST(DisplayWidth, ClippingNeverCutsACharacter) {
    EXPECT_EQ(clipToWidth("训练集", 6), "训练集");
    EXPECT_EQ(clipToWidth("训练集", 5), "训练…");
    EXPECT_EQ(clipToWidth("训练集", 4), "训…");
    EXPECT_EQ(clipToWidth("abc", 0), "");
}

TEST(DisplayWidth, LinesBreakAtBlanksAndBetweenChineseCharacters) {
    using Lines = std::vector<std::string>;
    EXPECT_EQ(wrapToWidth("", 5), Lines{""});
    EXPECT_EQ(wrapToWidth("one two three", 7), (Lines{"one two", "three"}));
    EXPECT_EQ(wrapToWidth("one two three", 8), (Lines{"one two", "three"}));
    EXPECT_EQ(wrapToWidth("a longestword b", 5), (Lines{"a", "longe", "stwor", "d b"}));
    EXPECT_EQ(wrapToWidth("第一训练集", 5), (Lines{"第一", "训练", "集"}));
    EXPECT_EQ(wrapToWidth("列 size 不存在", 7), (Lines{"列 size", "不存在"}));
    EXPECT_EQ(wrapToWidth("训练", 1), (Lines{"训", "练"}));
}

TEST(DisplayWidth, ControlCharactersCannotSteerTheTerminal) { EXPECT_EQ(printable("a\x1b[2Jb\n"), "a?[2Jb?"); }

TEST(TerminalTable, ColumnsLineUpWithWideCharacters) {
    TerminalTable table({{"名称"}, {"n", TerminalTable::Align::Right}});
    table.add({"a", "1"});
    table.add({"训练集", "20"});
    EXPECT_EQ(table.str(), "名称     n\n──────  ──\na        1\n训练集  20\n");
}

TEST(TerminalTable, WhatIsShownWholeGoesOnInTheLinesBelow) {
    TerminalTable table({{"n"}, {"reason", TerminalTable::Align::Left, true}, {"cut"}});
    const std::string words = "There is no column that is called so in this table, which has the columns a, b and c.";
    table.add({"1", words, std::string(70, 'x')});
    table.add({"2", "", ""});
    const std::string shown = table.str();
    EXPECT_NE(shown.find("\n1  There is no column that is called so in this table, which  " + std::string(59, 'x') + "…\n"), std::string::npos) << shown;
    EXPECT_NE(shown.find("\n   has the columns a, b and c.\n2\n"), std::string::npos) << shown;
}

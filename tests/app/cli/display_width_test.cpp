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

TEST(DisplayWidth, ControlCharactersCannotSteerTheTerminal) { EXPECT_EQ(printable("a\x1b[2Jb\n"), "a?[2Jb?"); }

TEST(TerminalTable, ColumnsLineUpWithWideCharacters) {
    TerminalTable table({{"名称"}, {"n", TerminalTable::Align::Right}});
    table.add({"a", "1"});
    table.add({"训练集", "20"});
    EXPECT_EQ(table.str(), "名称     n\n──────  ──\na        1\n训练集  20\n");
}

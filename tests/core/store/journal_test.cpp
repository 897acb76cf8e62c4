#include "tests/core/store/store_fixture.h"

namespace lamina {
namespace {

using JournalTest = StoreTest;

TEST_F(JournalTest, SeveralStatementsOfOneEditAreOneUndoStep) {
    auto store = create();
    ASSERT_TRUE(store->edit(editName("edit.test"), "ann", sql("INSERT INTO thing VALUES ('a', '1'); INSERT INTO thing VALUES ('b', '2');"
                                                             "UPDATE thing SET name = '3' WHERE id = 'a'")).get());
    EXPECT_EQ(things(*store), "a=3 b=2");
    ASSERT_TRUE(store->undo("ann").get());
    EXPECT_EQ(things(*store), "");
    EXPECT_EQ(store->undo("ann").get().error().code, "store.nothing_to_undo");
}

TEST_F(JournalTest, UndoAndRedoAreNamedAndSurviveReopening) {
    auto store = create();
    ASSERT_TRUE(add(*store, "a"));
    ASSERT_TRUE(rename(*store, "a", "x"));
    ASSERT_TRUE(rename(*store, "a", "y"));
    store.reset();

    store = open();
    auto undone = store->undo("cy").get();
    ASSERT_TRUE(undone);
    EXPECT_EQ(undone->name.code, "edit.test_rename");
    EXPECT_EQ(undone->name.arguments, (std::vector<std::pair<std::string, std::string>>{{"to", "y"}}));
    EXPECT_EQ(things(*store), "a=x");
    ASSERT_TRUE(store->undo("cy").get());
    EXPECT_EQ(things(*store), "a=n");
    store.reset();

    store = open();
    ASSERT_TRUE(store->redo("cy").get());
    EXPECT_EQ(things(*store), "a=x");
    ASSERT_TRUE(store->redo("cy").get());
    EXPECT_EQ(things(*store), "a=y");
    EXPECT_EQ(store->redo("cy").get().error().code, "store.nothing_to_redo");
    EXPECT_TRUE(store->verify()->empty());
}

TEST_F(JournalTest, AnEditAfterUndoDropsTheRedoBranchButKeepsItInTheLog) {
    auto store = create();
    ASSERT_TRUE(add(*store, "a"));
    ASSERT_TRUE(rename(*store, "a", "x"));
    ASSERT_TRUE(store->undo("ann").get());
    ASSERT_TRUE(add(*store, "b"));
    EXPECT_EQ(store->redo("ann").get().error().code, "store.nothing_to_redo");

    const auto history = *store->history(0);
    ASSERT_EQ(history.size(), 4u);
    EXPECT_EQ(history[0].name.arguments.front().second, "b");
    EXPECT_EQ(history[1].kind, EditKind::Undo);
    EXPECT_EQ(history[1].target, history[2].id);
    EXPECT_EQ(history[2].state, EditState::Dropped);
    EXPECT_EQ(history[2].author, "ben");
    EXPECT_EQ(history[3].state, EditState::Done);
    EXPECT_EQ(store->history(2)->size(), 2u);

    // Undo goes on past the dropped one.
    ASSERT_TRUE(store->undo("ann").get());
    ASSERT_TRUE(store->undo("ann").get());
    EXPECT_EQ(things(*store), "");
}

TEST_F(JournalTest, AFailedEditLeavesNoTrace) {
    auto store = create();
    ASSERT_TRUE(add(*store, "a"));
    auto failed = store->edit(editName("edit.test"), "ann", [](SQLite::Database& database) -> Result<void> {
        database.exec("INSERT INTO thing VALUES ('b', 'n')");
        return fail("test.refused");
    }).get();
    ASSERT_FALSE(failed);
    EXPECT_EQ(failed.error().code, "test.refused");
    EXPECT_EQ(add(*store, "a").error().code, "store.constraint");
    EXPECT_EQ(store->edit(editName("edit.test"), "ann", sql("INSERT INTO child VALUES (1, 'nobody')")).get().error().code, "store.constraint");
    EXPECT_EQ(store->edit(editName("edit.test"), "ann", sql("this is not SQL")).get().error().code, "store.sql");
    EXPECT_EQ(store->edit(editName("edit.test"), "ann", sql("INSERT INTO thing VALUES ('c', 'n'); COMMIT")).get().error().code, "store.sql");
    EXPECT_EQ(store->history(0)->size(), 1u);
    ASSERT_TRUE(add(*store, "d"));
    ASSERT_TRUE(store->undo("ann").get());
}

TEST_F(JournalTest, AnEditThatChangesNothingHasNoEntryAndKeepsRedo) {
    auto store = create();
    ASSERT_TRUE(add(*store, "a"));
    ASSERT_TRUE(store->undo("ann").get());
    auto nothing = rename(*store, "nobody", "x");
    ASSERT_TRUE(nothing);
    EXPECT_EQ(nothing->sequence, 0);
    ASSERT_TRUE(store->redo("ann").get());
    EXPECT_EQ(things(*store), "a=n");
}

TEST_F(JournalTest, UndoIsRefusedWhereUnjournaledRowsDependOnIt) {
    auto store = create();
    ASSERT_TRUE(add(*store, "a"));
    ASSERT_TRUE(store->write(Store::Durability::Full, sql("INSERT INTO child VALUES (1, 'a')")).get());
    EXPECT_EQ(store->undo("ann").get().error().code, "store.undo_conflict");
    EXPECT_EQ(things(*store), "a=n");
    EXPECT_EQ(store->history(0)->front().state, EditState::Done);

    ASSERT_TRUE(store->write(Store::Durability::Full, sql("DELETE FROM child; UPDATE thing SET name = 'other'")).get());
    auto refused = store->undo("ann").get();
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, "store.undo_conflict");
    EXPECT_EQ(refused.error().argument("table"), "thing");
}

TEST_F(JournalTest, AChangedJournalRowIsFound) {
    auto store = create();
    ASSERT_TRUE(add(*store, "a"));
    ASSERT_TRUE(add(*store, "b"));
    ASSERT_TRUE(store->write(Store::Durability::Full, sql("UPDATE edit SET author = 'eve' WHERE sequence = 1")).get());
    auto issues = *store->verify();
    ASSERT_EQ(issues.size(), 1u);
    EXPECT_EQ(issues[0].what.code, "store.journal_changed");
    EXPECT_EQ(issues[0].what.argument("sequence"), "1");

    ASSERT_TRUE(store->write(Store::Durability::Full, sql("UPDATE edit SET changeset = x'545F' WHERE sequence = 2")).get());
    EXPECT_EQ(store->verify()->size(), 2u);
    EXPECT_EQ(store->undo("ann").get().error().code, "store.journal_unreadable");
}

}  // namespace
}  // namespace lamina

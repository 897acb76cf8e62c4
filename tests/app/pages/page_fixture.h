// A page with a real project in a folder of its own: what the tests of all pages with data share.
#pragma once

#include <gtest/gtest.h>

#include <QSignalSpy>
#include <QTest>

#include <fstream>

#include "app/jobs/dataset_jobs.h"
#include "app/workspace/language.h"
#include "app/workspace/workspace.h"
#include "tests/support/temporary_folder.h"

namespace lamina {

class PageTest : public testing::Test {
protected:
    void SetUp() override {
        applyLanguage("en");
        QSignalSpy opened(&workspace, &Workspace::opened);
        workspace.create(QString::fromStdString((folder.path() / "try.lamina").string()));
        ASSERT_TRUE(opened.wait(10'000));
    }
    void TearDown() override { applyLanguage("en"); }

    static bool wait(std::function<bool()> condition) { return QTest::qWaitFor(std::move(condition), 20'000); }

    /// Where $LAMINA_SHOTS names a folder.
    static void shot(QWidget& widget, const QString& name) {
        const QString place = qEnvironmentVariable("LAMINA_SHOTS");
        if (place.isEmpty()) return;
        QTest::qWait(150);
        widget.grab().save(place + "/" + name + ".png");
    }

    TemporaryFolder folder;
    Workspace workspace;
};

}  // namespace lamina

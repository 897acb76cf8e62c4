// The Clean page beside its panel, in a project of its own.
#pragma once

#include <gtest/gtest.h>

#include <QBoxLayout>
#include <QSignalSpy>
#include <QTest>

#include <fstream>

#include "app/jobs/clean_jobs.h"
#include "app/jobs/dataset_jobs.h"
#include "app/jobs/split_jobs.h"
#include "app/pages/clean/clean_page.h"
#include "app/pages/clean/step_list.h"
#include "app/workspace/language.h"
#include "tests/support/temporary_folder.h"
#include "widgets/properties/property_field.h"
#include "widgets/properties/property_panel.h"
#include "widgets/tables/data_table.h"

namespace lamina {

class CleanPageTest : public testing::Test {
protected:
    void SetUp() override {
        applyLanguage("en");
        QSignalSpy opened(&workspace, &Workspace::opened);
        workspace.create(QString::fromStdString((folder.path() / "try.lamina").string()));
        ASSERT_TRUE(opened.wait(10'000));
        frame.resize(1270, 690);
        auto* row = new QHBoxLayout(&frame);
        row->addWidget(page, 1);
        side = page->sidePanel();
        side->setFixedWidth(270);
        row->addWidget(side);
        frame.show();
    }
    void TearDown() override { applyLanguage("en"); }

    static bool wait(std::function<bool()> condition) { return QTest::qWaitFor(std::move(condition), 20'000); }
    bool settled() {
        return wait([this] { return page->settled(); });
    }

    /// 200 rows: size (every tenth missing), city with blanks around it in every fourth row, code (the same everywhere), kind.
    Path csv() {
        const Path path = folder.path() / "things.csv";
        std::ofstream file(path);
        file << "size;city;code;kind\n";
        for (int row = 0; row < 200; ++row) {
            if (row % 10 != 0) file << row * 37 % 101 + 0.5;
            file << ';' << (row % 4 == 0 ? "\" Rome \"" : row % 2 ? "Oslo" : "Rome") << ";x;" << (row % 3 ? "a" : "b") << '\n';
        }
        return path;
    }

    bool import(const Path& source) {
        ImportRequest request;
        request.source = source;
        auto imported = importDataset(*workspace.shared(), request);
        if (!imported) return false;
        (void)splitDataset(*workspace.shared(), imported->dataset, SplitSettings{});
        workspace.noteEdit();
        return wait([this] { return page->state() != nullptr; }) && settled();
    }

    DataTable& table() { return *page->findChild<DataTable*>("clean_table"); }
    StepList& steps() { return *page->findChild<StepList*>("step_list"); }
    StepListModel& model() { return *static_cast<StepListModel*>(steps().model()); }
    PropertyField* field(const char* id) { return side->findChild<PropertyPanel*>("propertyPanel")->field(id); }

    void add(const char* type, const std::vector<std::string>& columns, const nlohmann::json& settings = nlohmann::json::object()) {
        auto step = makeStep({type}, columns, settings);
        ASSERT_TRUE(step) << type;
        page->addStep(*step, false);
        ASSERT_TRUE(settled());
    }
    std::int64_t missingIn(const char* column) {
        const Table& shown = page->state()->after.table;
        return shown.info(*shown.find(column)).missing;
    }

    void shot(const QString& name) {
        const QString place = qEnvironmentVariable("LAMINA_SHOTS");
        if (place.isEmpty()) return;
        QTest::qWait(150);
        frame.grab().save(place + "/" + name + ".png");
    }

    TemporaryFolder folder;
    Workspace workspace;
    QWidget frame;
    CleanPage* page = new CleanPage(workspace);
    QWidget* side = nullptr;
};

}  // namespace lamina

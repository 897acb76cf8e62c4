#include "app/pages/data/dataset_figures.h"

#include <QCoreApplication>
#include <QPointer>
#include <QWidget>

#include "app/jobs/picture_memory.h"
#include "core/data/profile/picture_profile.h"
#include "core/data/profile/profile_table.h"

namespace lamina {
namespace {

/// The spans look into `opened`.
ProfileInput profileInput(const OpenedDataset& opened) {
    ProfileInput input;
    input.table = opened.table;
    input.target = opened.target;
    if (opened.split) input.parts = opened.parts.parts;
    for (const ColumnRecord& column : opened.record.columns)
        if (column.role == "ignored") input.ignored.push_back(column.name);
    return input;
}

std::string keyOf(const OpenedDataset& opened) {
    std::string key = opened.split ? opened.split->id : std::string("-");
    for (const ColumnRecord& column : opened.record.columns) key += column.role.substr(0, 1);
    return key + std::to_string(reinterpret_cast<std::uintptr_t>(opened.source.get()));
}

}  // namespace

DatasetFigures::DatasetFigures(Workspace& workspace, QWidget* page) : QObject(page), m_workspace(workspace), m_page(page) {}

void DatasetFigures::setDataset(std::shared_ptr<const OpenedDataset> opened) {
    m_opened = std::move(opened);
    if (!m_opened) m_profiledKey.clear();
    resume();
}

void DatasetFigures::resume() {
    if (!m_page->isVisible()) return;
    profile();
    // Pictures are read once: the leaks are found with what the comparison of pictures has kept.
    if (m_opened && !m_opened->pictures) findLeaks();
}

void DatasetFigures::profile() {
    if (!m_opened || keyOf(*m_opened) == m_profiledKey) return;
    m_profiledKey = keyOf(*m_opened);
    m_profile = nullptr;
    for (const int task : {m_profiling, m_comparing})
        if (task != 0) m_workspace.tasks().cancel(task);
    m_comparing = 0;
    m_profiling = m_workspace.tasks().quietly(
        this,
        [opened = m_opened, key = m_profiledKey, self = QPointer(this)](TaskContext& context) -> Result<std::shared_ptr<const DatasetProfile>> {
            ProfileSettings settings;
            settings.pictures = false;
            settings.cancel = context.cancel;
            settings.columnReady = [self, key](std::size_t column, const ProfiledColumn& profile) {
                QMetaObject::invokeMethod(
                    QCoreApplication::instance(),
                    [self, key, column, profile] {
                        if (self && self->m_profiledKey == key) emit self->columnProfiled(static_cast<int>(column), profile);
                    },
                    Qt::QueuedConnection);
            };
            LAMINA_TRY(DatasetProfile profile, profileTable(profileInput(*opened), settings));
            return std::make_shared<const DatasetProfile>(std::move(profile));
        },
        [this, key = m_profiledKey](const Result<std::shared_ptr<const DatasetProfile>>& profile) {
            m_profiling = 0;
            if (!profile || key != m_profiledKey) return;
            m_profile = *profile;
            // The relation to the target is known only now.
            for (std::size_t column = 0; column < m_profile->columns.size(); ++column)
                emit columnProfiled(static_cast<int>(column), m_profile->columns[column]);
            emit profiled(m_profile);
            if (m_opened->pictures) lookForAlike(true);
        });
}

namespace {

/// Only of what was kept: nothing is read.
PictureMemory withoutReading(const PictureMemory& memory, const CancelToken& cancel, bool& missed) {
    return {[find = memory.find, cancel, &missed](std::size_t column) {
                auto seen = find(column);
                if (!seen) {
                    missed = true;
                    cancel.cancel();
                }
                return seen;
            },
            {}};
}

/// The profile with the columns' pictures and which of them look alike.
Result<std::shared_ptr<const DatasetProfile>> withPictures(const OpenedDataset& opened, const DatasetProfile& known, const ProfileSettings& settings) {
    auto profile = std::make_shared<DatasetProfile>(known);
    profile->nearDuplicates.clear();
    for (std::size_t column = 0; column < profile->columns.size(); ++column) {
        if (!holdsPictures(opened.table.info(column))) continue;
        LAMINA_TRY(auto found, profilePictures(profileInput(opened), column, settings, profile->columns[column]));
        profile->nearDuplicates.push_back(std::move(found));
    }
    return std::shared_ptr<const DatasetProfile>(std::move(profile));
}

}  // namespace

/// First with what is kept; where that is not enough all pictures are read, as a task that people see and can stop.
void DatasetFigures::lookForAlike(bool known) {
    auto work = [opened = m_opened, profile = m_profile, project = m_workspace.shared(), known](TaskContext& context) {
        ProfileSettings settings;
        settings.cancel = context.cancel;
        settings.progress = context.progress;
        settings.memory = pictureMemory(*project, opened->record);
        bool missed = false;
        // The task itself goes on to its end.
        if (known) settings.cancel = CancelToken();
        if (known) settings.memory = withoutReading(settings.memory, settings.cancel, missed);
        auto found = withPictures(*opened, *profile, settings);
        return missed ? Result<std::shared_ptr<const DatasetProfile>>(nullptr) : std::move(found);
    };
    auto done = [this, key = m_profiledKey, known](const Result<std::shared_ptr<const DatasetProfile>>& profile) {
        m_comparing = 0;
        if (key != m_profiledKey || !m_opened) return;
        if (profile && !*profile && known) return lookForAlike(false);
        if (profile) takeAlike(*profile);
        findLeaks();
    };
    m_comparing = known ? m_workspace.tasks().quietly(this, std::move(work), std::move(done))
                        : m_workspace.tasks().start(tr("Look for pictures that look alike"), this, std::move(work), std::move(done));
}

void DatasetFigures::takeAlike(std::shared_ptr<const DatasetProfile> profile) {
    m_profile = std::move(profile);
    for (std::size_t column = 0; column < m_profile->columns.size(); ++column)
        if (holdsPictures(m_opened->table.info(column))) emit columnProfiled(static_cast<int>(column), m_profile->columns[column]);
    emit profiled(m_profile);
}

void DatasetFigures::findRows(const ProfileQuery& query, const QString& words) {
    if (!m_opened || !m_profile) return;
    if (m_searching != 0) m_workspace.tasks().cancel(m_searching);
    m_searching = m_workspace.tasks().quietly(
        this,
        [opened = m_opened, profile = m_profile, query](TaskContext& context) -> Result<std::vector<std::uint32_t>> {
            LAMINA_TRY(const auto rows, rowsOf(profileInput(*opened), *profile, query, context.cancel));
            return std::vector<std::uint32_t>(rows.begin(), rows.end());
        },
        [this, words](const Result<std::vector<std::uint32_t>>& rows) {
            m_searching = 0;
            if (rows) emit rowsFound(*rows, words);
        });
}

void DatasetFigures::findLeaks() {
    if (!m_opened || !m_opened->split) {
        m_leaksOf.clear();
        return emit leaksFound({});
    }
    std::string key = m_opened->split->id;
    for (const ColumnRecord& column : m_opened->record.columns) key += column.role.substr(0, 1);
    if (key == m_leaksOf) return;
    m_leaksOf = key;
    emit leaksFound({});
    m_workspace.tasks().quietly(
        this,
        [opened = m_opened, project = m_workspace.shared()](TaskContext& context) {
            return findSplitLeaks(*project, opened->record, *opened->split, context.cancel);
        },
        [this, key](const Result<SplitLeaks>& leaks) {
            if (key == m_leaksOf && leaks) emit leaksFound(*leaks);
        });
}

}  // namespace lamina

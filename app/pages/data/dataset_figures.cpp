#include "app/pages/data/dataset_figures.h"

#include <QWidget>

namespace lamina {

DatasetFigures::DatasetFigures(Workspace& workspace, QWidget* page) : QObject(page), m_workspace(workspace), m_page(page) {}

void DatasetFigures::setDataset(std::shared_ptr<const OpenedDataset> opened) {
    if (!m_opened || !opened || m_opened->source != opened->source) m_profiled.clear();
    m_opened = std::move(opened);
    profileNext();
    findRepeated();
}

void DatasetFigures::wantColumn(int column) {
    m_wanted = column;
    profileNext();
}

void DatasetFigures::profileNext() {
    if (!m_opened || m_profiling != 0 || !m_page->isVisible()) return;
    const int columns = static_cast<int>(m_opened->record.columns.size());
    int next = m_wanted;
    if (next < 0 || next >= columns || m_profiled.contains(next))
        for (next = 0; next < columns && m_profiled.contains(next);) ++next;
    if (next >= columns) return;
    m_profiling = m_workspace.tasks().quietly(
        this,
        [opened = m_opened, next](TaskContext& context) { return profileColumn(opened->table, static_cast<std::size_t>(next), context.cancel); },
        [this, source = m_opened->source, next](const Result<ColumnProfile>& profile) {
            m_profiling = 0;
            if (m_opened && m_opened->source == source) {
                m_profiled.insert(next);
                if (profile) emit columnProfiled(next, *profile);
            }
            profileNext();
        });
}

void DatasetFigures::findRepeated() {
    if (!m_opened || !m_opened->split) {
        m_repeatedOf.clear();
        return emit repeatedRowsFound({});
    }
    std::string key = m_opened->split->id;
    for (const ColumnRecord& column : m_opened->record.columns) key += column.role.substr(0, 1);
    if (key == m_repeatedOf) return;
    m_repeatedOf = key;
    emit repeatedRowsFound({});
    m_workspace.tasks().quietly(
        this, [opened = m_opened](TaskContext& context) { return findRepeatedRows(opened->table, opened->record, opened->parts, context.cancel); },
        [this, key](const Result<RepeatedRows>& repeated) {
            if (key == m_repeatedOf && repeated) emit repeatedRowsFound(*repeated);
        });
}

}  // namespace lamina

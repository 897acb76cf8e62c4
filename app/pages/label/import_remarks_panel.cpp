#include "app/pages/label/import_remarks_panel.h"

#include <QBoxLayout>
#include <QLabel>
#include <QListWidget>
#include <QLocale>

#include <nlohmann/json.hpp>

#include <algorithm>

#include "app/workspace/workspace.h"
#include "widgets/common/icon.h"
#include "widgets/common/theme.h"

namespace lamina {

namespace {

constexpr int mostRemarks = 2000;

/// An entry of a labelling's report; what a damaged file holds there instead gives nothing.
std::optional<Issue> issueOf(const nlohmann::json& entry) {
    if (!entry.is_object() || !entry.value("code", nlohmann::json()).is_string()) return {};
    Issue issue;
    issue.what.code = entry["code"].get<std::string>();
    issue.count = entry.value("count", nlohmann::json(1)).is_number_integer() ? entry.value("count", std::int64_t{1}) : 1;
    for (const auto& pair : entry.value("arguments", nlohmann::json::array()))
        if (pair.is_array() && pair.size() == 2 && pair[0].is_string() && pair[1].is_string()) issue.what.arguments.emplace_back(pair[0].get<std::string>(), pair[1].get<std::string>());
    return issue;
}

}  // namespace

ImportRemarksPanel::ImportRemarksPanel(Workspace&, QWidget* parent) : LabelPanel(parent), m_about(new QLabel), m_list(new QListWidget) {
    setObjectName("label_remarks");
    m_about->setWordWrap(true);
    m_about->setProperty(ThemeRole::muted, true);
    m_list->setObjectName("label_remarks_list");
    m_list->setWordWrap(true);
    m_list->setSpacing(2);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(m_about);
    layout->addWidget(m_list, 1);
    const auto go = [this](const QListWidgetItem* line) {
        if (line && line->data(Qt::UserRole).isValid()) emit goWanted(line->data(Qt::UserRole).toLongLong(), line->data(Qt::UserRole + 1).toString());
    };
    connect(m_list, &QListWidget::itemClicked, this, go);
    connect(m_list, &QListWidget::itemActivated, this, go);
    retranslate();
}

QString ImportRemarksPanel::title() const { return m_list->count() == 0 ? tr("Remarks") : tr("Remarks (%1)").arg(QLocale().toString(m_list->count())); }

void ImportRemarksPanel::setDesk(std::shared_ptr<const LabelDesk> desk) {
    m_desk = std::move(desk);
    fill();
}

void ImportRemarksPanel::fill() {
    m_list->clear();
    if (m_desk && m_desk->labelling && m_desk->labelling->report.is_array())
        for (const auto& entry : m_desk->labelling->report) {
            const auto issue = issueOf(entry);
            if (!issue || m_list->count() >= mostRemarks) continue;
            auto* line = new QListWidgetItem(Workspace::words(*issue), m_list);
            const std::int64_t key = entry.value("item", nlohmann::json()).is_number_integer() ? entry["item"].get<std::int64_t>() : 0;
            const auto mark = std::find_if(m_desk->marks.begin(), m_desk->marks.end(), [&](const ItemMark& known) { return known.key == key; });
            if (key == 0 || mark == m_desk->marks.end()) continue;
            line->setIcon(themeIcon("chevron_right"));
            line->setData(Qt::UserRole, qlonglong(mark->position));
            if (entry.value("label", nlohmann::json()).is_string()) line->setData(Qt::UserRole + 1, QString::fromStdString(entry["label"].get<std::string>()));
        }
    m_about->setText(m_list->count() == 0 ? tr("Imports of labels had nothing to remark.") : tr("What imports of labels had to remark. A click leads there."));
    emit titleChanged();
}

void ImportRemarksPanel::retranslate() {
    m_list->setAccessibleName(tr("Remarks of imports"));
    fill();
}

}  // namespace lamina

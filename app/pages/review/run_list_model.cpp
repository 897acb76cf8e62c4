#include "app/pages/review/run_list_model.h"

#include <QColor>
#include <QDateTime>
#include <QFont>
#include <QLocale>

#include <algorithm>
#include <cmath>

#include "app/workspace/language.h"
#include "core/metrics/metric_type.h"
#include "widgets/common/theme.h"

namespace lamina {
namespace {

constexpr std::size_t shownByThemselves = 3;

/// Losses and errors are better when small; everything else when large.
bool smallerIsBetter(const std::string& id) {
    const MetricType* metric = findMetric(id);
    return !metric || !metric->higherIsBetter;
}

std::string bestName(const RunRecord& run) { return run.best.is_object() ? run.best.value("name", std::string()) : std::string(); }
/// The column whose prediction the run was judged by: of several outputs that of the first.
std::string judgedColumn(const RunRecord& run) {
    const auto objective = run.settings.is_object() ? run.settings.value("/phases/0/objectives/0/target"_json_pointer, std::string()) : std::string();
    return !objective.empty() || !run.dataVersion.is_object() ? objective : run.dataVersion.value("/preparation/target/name"_json_pointer, std::string());
}
bool areRivals(const RunRecord& a, const RunRecord& b) { return bestName(a) == bestName(b) && judgedColumn(a) == judgedColumn(b); }
QString metricTitle(const std::string& id) {
    return id == "loss" ? RunListModel::tr("Loss") : messageText("metric." + id + ".title", QString::fromStdString(id));
}
double bestValue(const RunRecord& run) { return run.best.is_object() && run.best["value"].is_number() ? run.best["value"].get<double>() : std::nan(""); }
QString bestText(const RunRecord& run) { return QLocale().toString(bestValue(run), 'f', 4); }

/// The time of today, the date of all other days.
QString shortTime(std::int64_t milliseconds) {
    const QDateTime time = QDateTime::fromMSecsSinceEpoch(milliseconds);
    const bool today = time.date() == QDate::currentDate();
    return today ? QLocale().toString(time.time(), QLocale::ShortFormat) : QLocale().toString(time.date(), QLocale::ShortFormat);
}

}  // namespace

RunListModel::RunListModel(QObject* parent) : QAbstractTableModel(parent) {}

void RunListModel::setRuns(std::vector<RunRecord> runs) {
    const bool first = m_known.empty();
    beginResetModel();
    m_runs = std::move(runs);
    std::set<std::string> there;
    for (const RunRecord& run : m_runs) there.insert(run.id);
    // The newest are of interest; what a person has hidden stays hidden, and what undo brings back is as it was.
    for (auto run = m_runs.rbegin(); run != m_runs.rend(); ++run)
        if (!m_known.count(run->id) && (!first || m_shown.size() < shownByThemselves)) m_shown.insert(run->id);
    m_known.insert(there.begin(), there.end());
    for (const RunRecord& run : m_runs) m_colours.try_emplace(run.id, static_cast<int>(m_colours.size() % themeColours().series.size()));
    endResetModel();
}

const RunRecord* RunListModel::run(const std::string& id) const {
    const auto found = std::find_if(m_runs.begin(), m_runs.end(), [&](const RunRecord& run) { return run.id == id; });
    return found == m_runs.end() ? nullptr : &*found;
}

void RunListModel::setShown(const std::string& id, bool shown) {
    if (shown ? !m_shown.insert(id).second : m_shown.erase(id) == 0) return;
    for (int row = 0; row < rowCount(); ++row)
        if (m_runs[static_cast<std::size_t>(row)].id == id) emit dataChanged(index(row, Name), index(row, Name));
    emit shownChanged();
}

int RunListModel::colour(const std::string& id) const {
    const auto found = m_colours.find(id);
    return found == m_colours.end() ? 0 : found->second;
}

int RunListModel::rowCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : static_cast<int>(m_runs.size()); }
int RunListModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : ColumnCount; }

bool RunListModel::isBest(const RunRecord& run) const {
    const double own = bestValue(run);
    if (!std::isfinite(own)) return false;
    int rivals = 0;
    for (const RunRecord& other : m_runs) {
        if (!areRivals(run, other) || !std::isfinite(bestValue(other))) continue;
        ++rivals;
        if (smallerIsBetter(bestName(run)) ? bestValue(other) < own : bestValue(other) > own) return false;
    }
    return rivals > 1;
}

/// The metric that all runs were judged by; empty where they differ.
std::string RunListModel::commonMetric() const {
    std::string common;
    for (const RunRecord& run : m_runs) {
        const std::string name = bestName(run);
        if (name.empty() || name == common) continue;
        if (!common.empty()) return {};
        common = name;
    }
    return common;
}

QVariant RunListModel::text(const RunRecord& run, int column) const {
    const bool judged = std::isfinite(bestValue(run));
    switch (column) {
        case Name: return QString::fromStdString(run.name);
        case Status: return messageText("run.status." + runStatusId(run.status));
        case Started: return shortTime(run.created);
        case Epoch: return judged ? QVariant(run.best.value("epoch", 0)) : QVariant();
        case Note: return QString::fromStdString(run.note).simplified();
        case Best:
            if (!judged) return QString();
            return commonMetric().empty() ? metricTitle(bestName(run)) + ' ' + bestText(run) : bestText(run);
        default: return {};
    }
}

QString RunListModel::toolTip(const RunRecord& run, int column) const {
    const QString when = QLocale().toString(QDateTime::fromMSecsSinceEpoch(run.created), QLocale::LongFormat);
    QString text;
    if (column == Best && std::isfinite(bestValue(run)))
        text = tr("%1 %2 (epoch %3)").arg(metricTitle(bestName(run)), bestText(run)).arg(run.best.value("epoch", 0));
    else text = column == Started ? when : this->text(run, column).toString();
    if (!run.note.empty() && column != Note) text += '\n' + QString::fromStdString(run.note);
    // Names are a person's own: never read as markup.
    return "<p style='white-space:pre-wrap'>" + text.toHtmlEscaped() + "</p>";
}

QVariant RunListModel::sortKey(const RunRecord& run, int column) const {
    if (column == Started) return static_cast<qlonglong>(run.created);
    if (column == Best) return !std::isfinite(bestValue(run)) ? 1e300 : smallerIsBetter(bestName(run)) ? bestValue(run) : -bestValue(run);
    return text(run, column);
}

QVariant RunListModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= rowCount()) return {};
    const RunRecord& run = m_runs[static_cast<std::size_t>(index.row())];
    switch (role) {
        case Qt::DisplayRole:
        case Qt::EditRole: return text(run, index.column());
        case Qt::ToolTipRole: return toolTip(run, index.column());
        case Qt::TextAlignmentRole:
            return QVariant(index.column() == Best || index.column() == Epoch ? Qt::AlignCenter : Qt::AlignLeft | Qt::AlignVCenter);
        case IdRole: return QString::fromStdString(run.id);
        case SortRole: return sortKey(run, index.column());
        case Qt::CheckStateRole: return index.column() == Name ? QVariant(shown(run.id) ? Qt::Checked : Qt::Unchecked) : QVariant();
        case Qt::DecorationRole: return index.column() == Name ? QVariant(themeColours().series[static_cast<std::size_t>(colour(run.id))]) : QVariant();
        case Qt::FontRole:
            if (index.column() == Best && isBest(run)) {
                QFont bold;
                bold.setBold(true);
                return bold;
            }
            return {};
        default: return {};
    }
}

QVariant RunListModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal) return {};
    if (role == Qt::ToolTipRole && section == Best) return tr("The best value on the validation part. Click to have the best runs first.");
    if (role != Qt::DisplayRole) return {};
    switch (section) {
        case Name: return tr("Run");
        case Best: return commonMetric().empty() ? tr("Best") : metricTitle(commonMetric());
        case Epoch: return tr("Epoch");
        case Status: return tr("Status");
        case Started: return tr("Started");
        case Note: return tr("Note");
        default: return {};
    }
}

Qt::ItemFlags RunListModel::flags(const QModelIndex& index) const {
    const Qt::ItemFlags flags = QAbstractTableModel::flags(index);
    return index.column() == Name ? flags | Qt::ItemIsUserCheckable | Qt::ItemIsEditable : flags;
}

bool RunListModel::setData(const QModelIndex& index, const QVariant& value, int role) {
    if (!index.isValid() || index.column() != Name) return false;
    const RunRecord& run = m_runs[static_cast<std::size_t>(index.row())];
    if (role == Qt::CheckStateRole) setShown(run.id, value.toInt() == Qt::Checked);
    else if (role == Qt::EditRole && !value.toString().trimmed().isEmpty()) emit renameWanted(run.id, value.toString().trimmed());
    else return false;
    return true;
}

}  // namespace lamina

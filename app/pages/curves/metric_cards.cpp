#include "app/pages/curves/metric_cards.h"

#include <QBoxLayout>
#include <QEvent>
#include <QFileInfo>
#include <QGridLayout>
#include <QScrollArea>
#include <QTimer>

#include <algorithm>

#include "app/settings/settings.h"
#include "app/workspace/language.h"
#include "app/workspace/workspace.h"
#include "widgets/charts/curves_card.h"
#include "widgets/charts/curves_controls.h"

namespace lamina {
namespace {

constexpr int pollMilliseconds = 200;
/// Runs that do not run are looked at so much more rarely.
constexpr int restTicks = 10;
constexpr int narrowestCard = 330, cardHeight = 260;
/// Of more runs the list beside the charts is the legend.
constexpr std::size_t mostInLegend = 3;

/// The order of cards; what is not named here comes after them.
int rankOf(const std::string& metric) {
    static const std::vector<std::string> order{"loss", "accuracy", "precision", "recall", "f1", "rmse", "mae", "r2"};
    return static_cast<int>(std::find(order.begin(), order.end(), metric) - order.begin());
}

bool alive(RunStatus status) { return status == RunStatus::Running || status == RunStatus::Created || status == RunStatus::Paused; }

}  // namespace

struct MetricCards::Run {
    explicit Run(ShownRun s) : shown(std::move(s)), numbers(shown.id) {}

    ShownRun shown;
    RunNumbers numbers;
    bool reading = false, gone = false;
    RunStatus status = RunStatus::Created;
    std::map<std::pair<std::string, bool>, int> curves;  ///< (metric, validation) → curve in the metric's card
};

MetricCards::MetricCards(Workspace& workspace, const QString& settingsKey, QWidget* parent)
    : QWidget(parent),
      m_workspace(workspace),
      m_settingsKey(settingsKey),
      m_controls(new CurvesControls),
      m_scroll(new QScrollArea),
      m_content(new QWidget),
      m_grid(new QGridLayout(m_content)),
      m_timer(new QTimer(this)) {
    setObjectName("metric_cards");
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setSpacing(12);
    m_scroll->setWidget(m_content);
    m_scroll->setWidgetResizable(true);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setFrameShape(QFrame::NoFrame);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(m_controls);
    layout->addWidget(m_scroll, 1);
    CurvesOptions options;
    options.axis = static_cast<CurveAxis>(std::clamp(settings::value(settingsKey + "/axis", static_cast<int>(CurveAxis::Epoch)).toInt(), 0, 2));
    options.smoothing = std::clamp(settings::value(settingsKey + "/smoothing", options.smoothing).toDouble(), 0.0, 0.999);
    m_controls->setOptions(options);
    connect(m_controls, &CurvesControls::optionsChanged, this, [this] { applyOptions(); });
    connect(m_controls, &CurvesControls::resetZoomWanted, this, [this] {
        for (auto& [metric, card] : m_cards) card->view().resetZoom();
    });
    m_timer->setInterval(pollMilliseconds);
    connect(m_timer, &QTimer::timeout, this, &MetricCards::tick);
    connect(&workspace, &Workspace::closed, this, [this] { setRuns({}); });
}

MetricCards::~MetricCards() = default;

void MetricCards::setRuns(const std::vector<ShownRun>& runs) {
    const auto same = [](const std::shared_ptr<Run>& run, const ShownRun& shown) { return run->shown == shown; };
    if (std::equal(m_runs.begin(), m_runs.end(), runs.begin(), runs.end(), same)) return;
    std::vector<std::shared_ptr<Run>> kept;
    for (const ShownRun& shown : runs) {
        const auto known = std::find_if(m_runs.begin(), m_runs.end(), [&](const auto& run) { return run && run->shown.id == shown.id; });
        if (known == m_runs.end()) {
            kept.push_back(std::make_shared<Run>(shown));
            continue;
        }
        kept.push_back(std::move(*known));
        kept.back()->shown = shown;
    }
    for (const auto& run : m_runs) {
        if (!run) continue;
        run->gone = true;
        for (const auto& [key, curve] : run->curves) card(key.first)->view().removeCurve(curve);
    }
    m_runs = std::move(kept);
    for (const auto& run : m_runs) rename(*run);
    for (auto& [metric, card] : m_cards) card->view().setLegendVisible(m_runs.size() <= mostInLegend);
    poll();
}

void MetricCards::setExpected(const std::vector<std::string>& metrics) {
    for (const std::string& metric : metrics) makeCard(metric);
    // Cards of another task that hold nothing go away.
    for (auto it = m_cards.begin(); it != m_cards.end();) {
        const bool expected = std::find(metrics.begin(), metrics.end(), it->first) != metrics.end();
        if (expected || !it->second->view().curves().empty()) {
            ++it;
            continue;
        }
        delete it->second;
        it = m_cards.erase(it);
    }
    m_columns = 0;
    arrange();
}

CurvesCard* MetricCards::card(const std::string& metric) const {
    const auto found = std::find_if(m_cards.begin(), m_cards.end(), [&](const auto& entry) { return entry.first == metric; });
    return found == m_cards.end() ? nullptr : found->second;
}

CurvesCard& MetricCards::makeCard(const std::string& metric) {
    if (CurvesCard* known = card(metric)) return *known;
    auto* made = new CurvesCard(QString::fromStdString(metric));
    made->setMinimumHeight(cardHeight);
    made->view().setOptions(m_controls->options());
    made->view().setLegendVisible(m_runs.size() <= mostInLegend);
    connect(made, &CurvesCard::exportWanted, this, &MetricCards::save);
    connect(&made->view(), &CurvesView::xZoomChanged, this, [this, made](bool zoomed, double low, double high) {
        for (auto& [name, other] : m_cards)
            if (other != made) other->view().setXZoom(zoomed ? std::optional(AxisRange{low, high}) : std::nullopt);
    });
    connect(&made->view(), &CurvesView::crosshairMoved, this, [this, made](bool shown, double x) {
        for (auto& [name, other] : m_cards)
            if (other != made) other->view().setCrosshair(shown ? std::optional(x) : std::nullopt);
    });
    const auto place = std::find_if(m_cards.begin(), m_cards.end(), [&](const auto& entry) { return rankOf(entry.first) > rankOf(metric); });
    m_cards.insert(place, {metric, made});
    m_columns = 0;
    retranslate();
    arrange();
    return *made;
}

void MetricCards::arrange() {
    const int columns = std::clamp(m_scroll->viewport()->width() / narrowestCard, 1, 2);
    if (columns == m_columns) return;
    m_columns = columns;
    while (QLayoutItem* item = m_grid->takeAt(0)) delete item;
    for (std::size_t i = 0; i < m_cards.size(); ++i)
        m_grid->addWidget(m_cards[i].second, static_cast<int>(i) / columns, static_cast<int>(i) % columns);
    for (int column = 0; column < 2; ++column) m_grid->setColumnStretch(column, column < columns ? 1 : 0);
}

void MetricCards::applyOptions() {
    const CurvesOptions options = m_controls->options();
    settings::setValue(m_settingsKey + "/axis", static_cast<int>(options.axis));
    settings::setValue(m_settingsKey + "/smoothing", options.smoothing);
    for (auto& [metric, card] : m_cards) card->view().setOptions(options);
}

void MetricCards::tick() {
    ++m_ticks;
    for (const auto& run : m_runs)
        if (alive(run->status) || m_ticks % restTicks == 0) read(run);
}

void MetricCards::poll() {
    if (!isVisible()) return;
    for (const auto& run : m_runs) read(run);
}

void MetricCards::read(const std::shared_ptr<Run>& run) {
    if (run->reading || !m_workspace.isOpen()) return;
    run->reading = true;
    // The thread has a reader of its own; what it has read is kept when the answer arrives.
    auto numbers = std::make_shared<RunNumbers>(run->numbers);
    m_workspace.tasks().quietly(
        this, [project = m_workspace.shared(), numbers](TaskContext&) { return numbers->read(*project); },
        [this, run, numbers](const Result<RunNews>& news) {
            run->reading = false;
            if (run->gone || !news) return;
            run->numbers = std::move(*numbers);
            take(*run, *news);
        });
}

void MetricCards::take(Run& run, const RunNews& news) {
    run.status = news.status;
    for (const NewPoints& curve : news.curves) {
        const int id = curveOf(run, curve);
        CurvesView& view = card(curve.metric)->view();
        if (curve.replacedFrom) view.dropFrom(id, *curve.replacedFrom);
        view.append(id, curve.points);
    }
    if (!news.curves.empty()) emit epochSeen(QString::fromStdString(run.shown.id), news.epoch);
}

int MetricCards::curveOf(Run& run, const NewPoints& news) {
    CurvesCard& card = makeCard(news.metric);
    const auto [known, isNew] = run.curves.try_emplace({news.metric, news.validation}, 0);
    if (isNew) known->second = card.view().addCurve({curveName(run, news.validation), run.shown.colour, news.validation});
    return known->second;
}

QString MetricCards::curveName(const Run& run, bool validation) const {
    const QString part = validation ? tr("Validation") : tr("Training");
    return m_runs.size() <= 1 ? part : run.shown.name + QStringLiteral(" · ") + part;
}

void MetricCards::rename(Run& run) {
    for (const auto& [key, curve] : run.curves) card(key.first)->view().setStyle(curve, {curveName(run, key.second), run.shown.colour, key.second});
}

void MetricCards::save(const QString& file, std::function<QByteArray()> bytes) {
    m_workspace.tasks().start(
        tr("Export %1").arg(QFileInfo(file).fileName()), this,
        [file, bytes = std::move(bytes)](TaskContext&) -> Result<void> {
            const QByteArray content = bytes();
            return writeFileAtomically(Path(file.toStdString()), std::string_view(content.constData(), static_cast<std::size_t>(content.size())));
        },
        [](const Result<void>&) {});
}

void MetricCards::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    m_timer->start();
    poll();
}

void MetricCards::hideEvent(QHideEvent* event) {
    QWidget::hideEvent(event);
    m_timer->stop();
}

void MetricCards::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    arrange();
}

void MetricCards::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) retranslate();
}

void MetricCards::retranslate() {
    for (auto& [metric, card] : m_cards) {
        const auto at = metric.find('@');
        const std::string id = metric.substr(0, at);
        const QString title = id == "loss" ? tr("Loss") : messageText("metric." + id + ".title", QString::fromStdString(id));
        card->setTitle(at == std::string::npos ? title : tr("%1 of %2").arg(title, QString::fromStdString(metric.substr(at + 1))));
        card->view().setEmptyText(tr("No numbers yet."));
    }
    for (const auto& run : m_runs) rename(*run);
}

}  // namespace lamina

// The curves of one or several runs over each other, live: one chart per metric, training solid and validation dashed, with linked zoom and
// cross-hair. Reads the project's metrics, whoever writes them; hidden, it does nothing.
#pragma once

#include <QStringList>
#include <QWidget>

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "app/pages/curves/run_numbers.h"
#include "widgets/charts/curve.h"

class QGridLayout;
class QScrollArea;
class QTimer;

namespace lamina {

class CurvesCard;
class CurvesControls;
class Workspace;

struct ShownRun {
    std::string id;
    QString name;    ///< plain text
    int colour = 0;  ///< of ThemeColours::series
    bool operator==(const ShownRun&) const = default;
};

class MetricCards : public QWidget {
    Q_OBJECT
public:
    /// `settingsKey`: where smoothing and the like are kept ("train", "review").
    MetricCards(Workspace& workspace, const QString& settingsKey, QWidget* parent = nullptr);
    ~MetricCards() override;

    /// Curves of other runs are removed.
    void setRuns(const std::vector<ShownRun>& runs);
    /// Cards that are there before there is a number, in this order; others come as their numbers do.
    void setExpected(const std::vector<std::string>& metrics);
    CurvesCard* card(const std::string& metric) const;
    /// Reads now instead of with the next tick.
    void poll();

signals:
    /// New numbers of a run were read, the newest of this epoch.
    void epochSeen(const QString& run, qint64 epoch);

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    struct Run;
    CurvesCard& makeCard(const std::string& metric);
    void arrange();
    void retranslate();
    void applyOptions();
    void tick();
    void read(const std::shared_ptr<Run>& run);
    void take(Run& run, const RunNews& news);
    int curveOf(Run& run, const NewPoints& news);
    QString curveName(const Run& run, bool validation) const;
    void rename(Run& run);
    void save(const QString& file, std::function<QByteArray()> bytes);

    Workspace& m_workspace;
    QString m_settingsKey;
    CurvesControls* m_controls;
    QScrollArea* m_scroll;
    QWidget* m_content;
    QGridLayout* m_grid;
    QTimer* m_timer;
    int m_ticks = 0;
    int m_columns = 0;
    std::vector<std::shared_ptr<Run>> m_runs;
    std::vector<std::pair<std::string, CurvesCard*>> m_cards;  ///< in their order
};

}  // namespace lamina

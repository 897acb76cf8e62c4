// How the run is going: epoch, times, speed, device, memory, patience; and what can be done with it.
#pragma once

#include <QFrame>

#include <optional>
#include <vector>

#include "app/pages/train/training_setup.h"
#include "app/workspace/training_controller.h"

class QLabel;
class QProgressBar;
class QPushButton;
class QSpinBox;

namespace lamina {

class ElidedLabel;

class RunHeader : public QFrame {
    Q_OBJECT
public:
    explicit RunHeader(QWidget* parent = nullptr);

    /// A training of this program.
    void showLive(TrainingController::State state, const TrainingSnapshot& snapshot, const TrainingPlan& plan, const QString& name,
                  const QString& device);
    /// A run that is not trained here.
    void showRest(const RunState& run, bool readOnly);
    /// How far the run of showRest() has come: for one that is trained in another program.
    void showEpoch(std::int64_t epoch);
    void showNothing();

signals:
    void pauseWanted();
    void goOnWanted();
    void stopNowWanted();
    void stopAfterEpochWanted();
    void resumeWanted();
    void extendWanted(int epochs);
    void reviewWanted();

protected:
    void changeEvent(QEvent* event) override;

private:
    enum Figure { Epoch, Elapsed, Left, Speed, Device, Memory, Patience, Best, figureCount };
    void retranslate();
    void showAugmented(const TrainingPlan& plan);
    void setFigure(Figure figure, const QString& text);
    void showButtons(const std::vector<QWidget*>& buttons);

    ElidedLabel* m_title;
    QLabel* m_state;
    ElidedLabel* m_augmented;  ///< what changed the training rows; hidden where nothing did
    QProgressBar* m_progress;
    struct Pair {
        QLabel* title;
        QLabel* value;
        QWidget* both;
    };
    std::vector<Pair> m_figures;
    QPushButton *m_pause, *m_goOn, *m_stopAfterEpoch, *m_stopNow, *m_resume, *m_extend, *m_review;
    QSpinBox* m_more;
    std::vector<QWidget*> m_actions;
    std::optional<RunState> m_run;  ///< what showRest() was given
    bool m_readOnly = false;
};

/// Bytes of memory that this program uses now; 0 where the system does not tell.
qint64 memoryInUse();

}  // namespace lamina

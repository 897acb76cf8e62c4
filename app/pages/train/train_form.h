// The left side of the page: which data, split and network, and the settings with their reasons.
#pragma once

#include <QWidget>

#include <vector>

#include "app/pages/train/plan_rows.h"
#include "app/pages/train/training_setup.h"

class QComboBox;
class QLabel;
class QPushButton;
class QToolButton;
class QVBoxLayout;

namespace lamina {

class LinePlot;
class PropertyField;

class TrainForm : public QWidget {
    Q_OBJECT
public:
    explicit TrainForm(QWidget* parent = nullptr);

    void setSetup(const TrainingSetup& setup);
    /// While a training runs nothing can be changed. `why` is the tooltip of the start button.
    void setLocked(bool locked, bool mayStart, const QString& why);
    /// Edits that are still being typed count.
    const TrainingChoice& choice();
    void setLearningRate(double rate);
    void setAugmentation(const std::vector<AugmentationStep>& steps);

signals:
    void datasetChosen(const QString& id);
    void splitChosen(const QString& id);
    void networkChosen(const QString& id);
    void startWanted();
    void findRateWanted();
    void augmentWanted();

protected:
    void changeEvent(QEvent* event) override;

private:
    struct Field {
        PropertyField* field;
        QLabel* reason;
    };
    void retranslate();
    void showRows();
    void showCourse();
    void showAugmentation();
    void showField(std::size_t place, const PlanRow& row);
    void fill(QComboBox* box, const std::vector<NamedId>& entries, const std::string& current);
    QStringList splitCounts(const SplitRecord& split) const;
    QString splitText(const SplitRecord& split) const;
    QString splitNumbers(const SplitRecord& split) const;

    TrainingSetup m_setup;
    TrainingChoice m_choice;
    bool m_begun = false, m_locked = false;
    QLabel *m_datasetText, *m_splitText, *m_networkText, *m_settingsTitle;
    QComboBox *m_dataset, *m_split, *m_network;
    QVBoxLayout* m_list;
    std::vector<Field> m_fields;
    LinePlot* m_course;        ///< the learning rate from the first step to the last
    QPushButton* m_findRate;
    QLabel *m_augmentTitle, *m_augmentText;
    QPushButton* m_augment;
    QToolButton* m_more;
    QPushButton* m_start;
};

}  // namespace lamina

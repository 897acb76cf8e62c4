// The Clean page's panel at the right: the settings of the chosen step, the person's own words on it, and the cells that it could not read.
#pragma once

#include <QWidget>

#include <optional>

#include "app/pages/clean/step_rows.h"

class QLabel;
class QLineEdit;
class QListWidget;

namespace lamina {

class PropertyPanel;

class StepPanel : public QWidget {
    Q_OBJECT
public:
    explicit StepPanel(QWidget* parent = nullptr);

    void setStep(const RecipeStep& step, const StepSurroundings& around);
    /// None is chosen: says what will be here.
    void setNoStep();
    void setResult(const StepResult& result);
    void setReadOnly(bool readOnly);
    /// Focus to the first setting.
    void edit();
    /// What is being typed counts.
    void commit();
    const std::string& stepId() const { return m_step.id; }

signals:
    /// `id`: of a row; changeStepSetting() knows what it means for the step.
    void settingChanged(const QString& id, const lamina::PropertyValue& value);
    void commentChanged(const QString& text);
    /// A cell that could not be read.
    void cellWanted(std::int64_t row, const QString& column);

protected:
    void changeEvent(QEvent* event) override;

private:
    void retranslate();
    void showResult();

    RecipeStep m_step;
    StepResult m_result;
    QLabel *m_empty, *m_does, *m_report, *m_refusedTitle, *m_commentLabel;
    QWidget* m_details;
    PropertyPanel* m_panel;
    QLineEdit* m_comment;
    QListWidget* m_refused;
};

}  // namespace lamina

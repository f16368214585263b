-- 示例〔2020〕1号 村阅览室开放和借用规定（示例）
-- as of 2020-06-01
-- reading stock_counts = printed

DO $$ BEGIN
  IF '' IS NULL OR 3 / 2 <> 1 OR DATE '2020-03-01' - DATE '2020-02-28' <> 2 THEN
    RAISE EXCEPTION 'these views are for the mode of PostgreSQL';
  END IF;
END $$;

-- room_class: 阅览室类别
-- 1.1/1 “藏书3000册以上的阅览室为甲类阅览室”
-- 1.1/1 “其他为乙类阅览室”
CREATE OR REPLACE VIEW reading_rooms_room_class AS
WITH reading_rooms_1 AS (
  SELECT
    id,
    volumes
  FROM reading_rooms
), reading_rooms_2 AS (
  SELECT
    id,
    volumes,
    CASE WHEN volumes >= 3000 THEN 'first' WHEN volumes < 3000 THEN 'second' END AS room_class /* 阅览室类别 1.1/1 */
  FROM reading_rooms_1
)
SELECT
  id,
  room_class AS value,
  CASE
    WHEN room_class = 'first'
    THEN '1.1/1'
    WHEN room_class = 'second'
    THEN '1.1/1'
    ELSE ''
  END AS cites,
  '' AS conflict,
  CASE
    WHEN room_class IS NULL
    THEN REPLACE(CASE WHEN volumes IS NULL THEN '@.volumes' ELSE '' END, '@', 'reading_rooms/' || id)
    ELSE ''
  END AS needs
FROM reading_rooms_2;

-- 1.2/1 “原则上不出借用于商业活动”: 阅览室原则上不出借用于商业活动
-- 1.2/2 “方可使用”: 借用阅览室须先经村委会同意
CREATE OR REPLACE VIEW loans_of_rooms_verdicts AS
WITH loans_of_rooms_1 AS (
  SELECT
    id,
    purpose,
    agreed_on,
    held_on
  FROM loans_of_rooms
), loans_of_rooms_2 AS (
  SELECT
    id,
    purpose,
    agreed_on,
    held_on,
    purpose = 'commercial' AS r_1_2_1, /* 1.2/1 */
    agreed_on <= held_on AND agreed_on <= CAST('2020-06-01' AS DATE) AS village_agreement /* 1.2/2 村委会同意 */
  FROM loans_of_rooms_1
), loans_of_rooms_3 AS (
  SELECT
    id,
    purpose,
    r_1_2_1,
    agreed_on,
    held_on,
    village_agreement,
    NOT village_agreement AND held_on <= CAST('2020-06-01' AS DATE) AS r_1_2_2, /* 1.2/2 */
    (
      r_1_2_1 OR NOT village_agreement
    ) IS NULL AS open
  FROM loans_of_rooms_2
), loans_of_rooms_4 AS (
  SELECT
    id,
    purpose,
    r_1_2_1,
    agreed_on,
    held_on,
    village_agreement,
    r_1_2_2,
    CASE
      WHEN r_1_2_2
      THEN 'prohibited'
      WHEN r_1_2_2 IS NULL
      THEN 'undetermined'
      WHEN r_1_2_1
      THEN 'exemption_needed'
      WHEN r_1_2_1 IS NULL
      THEN 'undetermined'
      WHEN NOT village_agreement
      THEN 'awaiting'
      WHEN village_agreement IS NULL
      THEN 'undetermined'
      ELSE 'permitted'
    END AS outcome,
    (
      (
        r_1_2_2 IS NULL AND village_agreement IS NULL
      ) OR open
    ) AS open_2,
    (
      (
        r_1_2_2 IS NULL AND village_agreement IS NULL
      ) OR open
    ) AS open_3
  FROM loans_of_rooms_3
)
SELECT
  id,
  outcome,
  CASE
    WHEN r_1_2_1 AND r_1_2_2
    THEN '1.2/1 1.2/2'
    WHEN r_1_2_1
    THEN '1.2/1'
    WHEN r_1_2_2
    THEN '1.2/2'
    ELSE ''
  END AS reasons,
  CASE
    WHEN NOT village_agreement
    THEN CASE WHEN NOT village_agreement THEN 'village_agreement' ELSE '' END
    ELSE ''
  END AS missing_steps,
  '' AS exemptions,
  CASE
    WHEN outcome = 'undetermined'
    THEN REPLACE(
      CONCAT_WS(
        ' ',
        CASE
          WHEN (
            (
              open_2 OR open_3
            ) AND agreed_on IS NULL
          )
          THEN '@.agreed_on'
        END,
        CASE
          WHEN (
            (
              r_1_2_2 IS NULL OR open_2
            ) AND held_on IS NULL
          )
          THEN '@.held_on'
        END,
        CASE WHEN purpose IS NULL THEN '@.purpose' END
      ),
      '@',
      'loans_of_rooms/' || id
    )
    ELSE ''
  END AS needs
FROM loans_of_rooms_4;

import texts from "../../custom_components/codelocks/translations/en.json";
import { localizer } from "../dev/hass";
import { Times } from "../src/format/times";
import { Words } from "../src/format/words";
import { NOW, ZONE } from "../dev/fixtures";

export const words = new Words(localizer(texts.config_panel), "en");

export const times = (time_format = "24", now = NOW, zone = ZONE): Times =>
  new Times(words, { language: "en-GB", time_format, first_weekday: "language" }, zone, () => now);

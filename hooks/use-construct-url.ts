export { constructUrl as useConstructUrl } from "@/lib/core/public-url";

"use client";
import { Area, AreaChart, CartesianGrid, ResponsiveContainer, Tooltip, XAxis, YAxis } from "recharts";
import { formatBytes } from "@/lib/core/bytes";
import type { UsagePoint } from "@/lib/schemas/storage";
import { dayLabel, unitFor, type GrowthRange } from "./growth-series";

/** The plot itself; its library is large, so it is loaded apart. Screen readers have the table beside it. */
export default function GrowthChart({ points, range }: { points: readonly UsagePoint[]; range: GrowthRange }) {
  const { divisor, unit } = unitFor(Math.max(...points.map(({ bytes }) => bytes)));
  const data = points.map(({ day, bytes }) => ({ label: dayLabel(day, range), bytes, value: bytes / divisor }));
  const axis = { stroke: "var(--muted)", fontSize: 12, tickLine: false, axisLine: false } as const;
  return (
    <ResponsiveContainer width="100%" height="100%">
      <AreaChart data={data} accessibilityLayer={false} margin={{ top: 8, right: 8, bottom: 0, left: 0 }}>
        <CartesianGrid vertical={false} stroke="var(--line)" />
        <XAxis dataKey="label" minTickGap={32} interval="equidistantPreserveStart" {...axis} />
        <YAxis width={72} domain={[0, "auto"]} tickFormatter={(value: number) => `${value} ${unit}`} {...axis} />
        <Tooltip
          isAnimationActive={false}
          cursor={{ stroke: "var(--line-strong)" }}
          contentStyle={{ background: "var(--raised)", border: "1px solid var(--line)", borderRadius: 10, fontSize: 14 }}
          labelStyle={{ color: "var(--muted)" }}
          itemStyle={{ color: "var(--ink)" }}
          formatter={(value) => [formatBytes(Number(value) * divisor), "Used"]}
        />
        <Area
          dataKey="value"
          type="monotone"
          stroke="var(--accent-text)"
          strokeWidth={2}
          fill="var(--accent-text)"
          fillOpacity={0.14}
          dot={data.length < 3}
          isAnimationActive={false}
        />
      </AreaChart>
    </ResponsiveContainer>
  );
}
